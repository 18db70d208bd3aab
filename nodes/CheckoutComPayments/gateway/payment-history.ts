/**
 * What has happened to a payment, in the manner of the events that told of it. The API has no list of events since a
 * time, but a payment's actions carry the same times and amounts, so that what a webhook told already is recognised.
 */
import { numberAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import { isoTimeOf, type CheckoutComEvent } from './checkout-com-event';
import { leadSource } from './payment-events/payment-event';

/**
 * @param payment as `GET /payments/{id}` shows it
 * @param actions as `GET /payments/{id}/actions` lists them, latest first
 * @returns oldest first
 */
export function historyOf(payment: JsonObject, actions: readonly JsonObject[]): CheckoutComEvent[] {
	const oldestFirst = [...actions].reverse().sort((a, b) => timeOf(a) - timeOf(b));
	const told = oldestFirst.flatMap((action, index) => {
		const type = eventTypeOf(action, payment);
		if (type === null) return [];
		const balances = balancesAfter(oldestFirst, index, payment);
		return [eventOf(payment, type, { ...action, balances })];
	});
	const unfinished = ENDINGS[stringAt(payment, 'status') ?? ''];
	if (unfinished === undefined || told.some(({ type }) => type === unfinished)) return told;
	return [...told, eventOf(payment, unfinished, {})];
}

/** What becomes of a payment that no money was promised for. */
const ENDINGS: Readonly<Record<string, string>> = {
	Pending: 'payment_pending',
	Declined: 'payment_declined',
	Canceled: 'payment_canceled',
	Expired: 'payment_expired',
};

/** null for actions that say nothing that another does not say better */
function eventTypeOf(action: JsonObject, payment: JsonObject): string | null {
	const approved = valueAt(action, 'approved') === true;
	const status = stringAt(payment, 'status') ?? '';
	switch (stringAt(action, 'type')) {
		case 'Authorization':
			if (!approved) return ENDINGS[status] ?? null;
			return status === 'Authorized' ? 'payment_approved' : null;
		case 'Capture':
			return approved ? 'payment_captured' : 'payment_capture_declined';
		case 'Void':
			return approved ? 'payment_voided' : null;
		case 'Refund':
			return approved ? 'payment_refunded' : 'payment_refund_declined';
		case 'Return':
			return approved ? 'payment_returned' : null;
		default:
			return null;
	}
}

function eventOf(payment: JsonObject, type: string, action: JsonObject): CheckoutComEvent {
	const id = stringAt(payment, 'id') ?? '';
	// An action may have a reference and metadata of its own.
	const { reference, metadata } = leadSource(payment, action);
	return {
		id: `${id}:${stringAt(action, 'id') ?? type}`,
		type,
		at:
			isoTimeOf(action, 'processed_on') ??
			isoTimeOf(payment, 'processed_on', 'requested_on') ??
			new Date(0).toISOString(),
		data: { ...payment, ...action, reference, metadata, id },
		raw: payment,
	};
}

/** The sums as they stood once an action was done. */
function balancesAfter(
	actions: readonly JsonObject[],
	index: number,
	payment: JsonObject,
): JsonObject {
	const done = actions.slice(0, index + 1);
	const followed = actions.slice(index + 1).some((action) => isApproved(action, 'Capture', 'Void'));
	return {
		total_authorized: numberAt(payment, 'balances', 'total_authorized') ?? 0,
		total_captured: sumOf(done, 'Capture'),
		total_refunded: sumOf(done, 'Refund', 'Return'),
		// What exactly was left between two captures nobody needs to know, only that something was.
		available_to_capture: followed
			? 1
			: (numberAt(payment, 'balances', 'available_to_capture') ?? 0),
	};
}

function sumOf(actions: readonly JsonObject[], ...types: string[]): number {
	return actions
		.filter((action) => isApproved(action, ...types))
		.reduce((sum, action) => sum + (numberAt(action, 'amount') ?? 0), 0);
}

function isApproved(action: JsonObject, ...types: string[]): boolean {
	return valueAt(action, 'approved') === true && types.includes(stringAt(action, 'type') ?? '');
}

function timeOf(action: JsonObject): number {
	return Date.parse(isoTimeOf(action, 'processed_on') ?? '') || 0;
}
