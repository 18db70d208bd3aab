import type { EventBucket } from '../wire';

interface EventSource {
	id: EventBucket;
	display_name: string;
	description: string;
	types: string[];
}

/**
 * The part of `GET /workflows/event-types` that payments by link can cause; a real account lists some 140.
 * https://www.checkout.com/docs/developer-resources/event-notifications/event-types
 */
export const EVENT_SOURCES: EventSource[] = [
	{
		id: 'gateway',
		display_name: 'Gateway',
		description: 'Events from the Checkout.com payment gateway',
		types: [
			'card_verified',
			'card_verification_declined',
			'payment_approved',
			'payment_pending',
			'payment_declined',
			'payment_captured',
			'payment_capture_pending',
			'payment_capture_declined',
			'payment_refunded',
			'payment_refund_pending',
			'payment_refund_declined',
			'payment_voided',
			'payment_void_declined',
			'payment_expired',
			'payment_canceled',
			'payment_returned',
			'payment_paid',
			'payment_authorization_incremented',
			'payment_authorization_increment_declined',
		],
	},
	{
		id: 'dispute',
		display_name: 'Dispute',
		description: 'Events from the dispute service',
		types: [
			'dispute_received',
			'dispute_evidence_required',
			'dispute_evidence_submitted',
			'dispute_accepted',
			'dispute_won',
			'dispute_lost',
			'dispute_expired',
			'dispute_canceled',
			'dispute_arbitration_won',
			'dispute_arbitration_lost',
			'dispute_resolved',
		],
	},
];

/** The body of `GET /workflows/event-types`. */
export function eventTypesResponse(): object[] {
	return EVENT_SOURCES.map(({ types, ...source }) => ({
		...source,
		events: types.map((id) => ({ id, display_name: words(id), description: words(id) })),
	}));
}

export function isEventType(source: string, type: string): boolean {
	return EVENT_SOURCES.some(({ id, types }) => id === source && types.includes(type));
}

/** @throws Error when no source has such a type */
export function bucketOf(type: string): EventBucket {
	const source = EVENT_SOURCES.find(({ types }) => types.includes(type));
	if (!source) throw new Error(`No event type ${type}`);
	return source.id;
}

function words(type: string): string {
	const text = type.replaceAll('_', ' ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}
