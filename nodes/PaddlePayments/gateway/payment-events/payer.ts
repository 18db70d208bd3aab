import { objectAt, stringAt, type JsonObject } from '../../../core/json';
import { leadOf, type Lead } from '../../../core/lead-metadata';
import type { PaymentEvent } from '../../../core/payment-event';
import type { PaddleEvent } from '../paddle-event';
import type { EventSource } from './payment-event';

/**
 * Whom a payment belongs to. Transactions and subscriptions carry our custom data, and Paddle copies it from one to the
 * other; but not the payer's e-mail address. It is asked for where no lead is named, because then a lead can be found by it.
 * https://developer.paddle.com/build/transactions/custom-data
 * @param entity a transaction or subscription
 */
export async function payerOf(
	entity: JsonObject,
	event: PaddleEvent,
	source: EventSource,
): Promise<{ lead: Lead; customer?: PaymentEvent['customer'] }> {
	const lead = leadOf(objectAt(entity, 'custom_data'));
	const included = objectAt(entity, 'customer');
	if (included !== null) return { lead, customer: customerOf(included) };
	const customerId = stringAt(entity, 'customer_id');
	const isNeeded = lead.leadId === null && customerId !== null && !event.simulated;
	const customer = isNeeded ? await source.fetchCustomer(customerId) : null;
	return customer === null ? { lead } : { lead, customer: customerOf(customer) };
}

function customerOf(customer: JsonObject): PaymentEvent['customer'] {
	return { name: stringAt(customer, 'name'), email: stringAt(customer, 'email'), phone: null };
}
