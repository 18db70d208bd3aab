import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PaymentEvent, PaymentEventType } from '../../core/payment-event';
import { marksOf } from '../../core/seen-events';
import { forgetDelivery } from '../../dedupe/claim-delivery';
import { dropSeen } from '../../dedupe/drop-seen-items';
import { toNodeError } from '../../http/to-node-error';
import type { Gateway } from '../gateway';
import { gatewayContext } from './gateway-context';
import { deliveryKey, deliveryOfItem, type ReceivedDelivery } from './received-delivery';

/**
 * The execute() of every gateway trigger, the first step of the execution that webhook() started: turns the stored body
 * into PaymentEvents and drops those seen before. Events are remembered only after they could be read in full,
 * so a failed run can be retried without becoming its own duplicate.
 */
export async function emitPaymentEvents(
	this: IExecuteFunctions,
	gateway: Gateway,
): Promise<INodeExecutionData[][]> {
	const wanted = this.getNodeParameter('events', 0) as PaymentEventType[];
	const withoutLead = this.getNodeParameter('withoutLead', 0, false) as boolean;
	const told: ToldEvent[] = [];
	for (const [item, { json }] of this.getInputData().entries()) {
		const delivery = deliveryOfItem(json);
		if (delivery === null) continue;
		const events = await readEvents(this, gateway, delivery);
		told.push(...events.map((event) => ({ event, item })));
	}
	const kept = told.filter(
		({ event }) => wanted.includes(event.type) && (withoutLead || event.leadId !== null),
	);
	const fresh = await dropSeen(this, kept, ({ event }) => marksOf(event));
	return [
		fresh.map(({ event, item }) => ({
			json: event as unknown as IDataObject,
			pairedItem: { item },
		})),
	];
}

interface ToldEvent {
	event: PaymentEvent;
	/** Index of the delivery that told it. */
	item: number;
}

/** A delivery that can't be read, or that the provider does not stand by, must not keep the next one out. */
async function readEvents(
	context: IExecuteFunctions,
	gateway: Gateway,
	{ eventId, body, live }: ReceivedDelivery,
): Promise<PaymentEvent[]> {
	const forget = () => forgetDelivery(context, deliveryKey(gateway, eventId));
	try {
		const events = await gateway.toPaymentEvents(body, gatewayContext(context, gateway, live));
		if (!events.some((event) => event.eventId === eventId)) forget();
		return events;
	} catch (error) {
		forget();
		throw toNodeError(context.getNode(), error, { service: gateway.displayName });
	}
}
