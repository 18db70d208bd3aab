/** What the suites of Paddle's events have in common: the sale of the fixtures, and how an event is tried. */
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import { paddle } from '../../../nodes/PaddlePayments/gateway';
import { isolateNetwork, type Answer } from '../../http/provider-double';
import { context, paddleAnswers } from './paddle-double';
import { CUSTOM_DATA, LEAD, type EventFixture } from './paddle-fixture';

export const TXN = 'txn_01hv8wptq8987qeep44cyrewp9';
export const RENEWAL = 'txn_01hv8xbtmb6zc7c264ycteehth';
export const SUBSCRIPTION = 'sub_01hv8x29kz0t586xy6zn1a62ny';
export const PLANS = 'AeroEdit Pro, Analytics addon, Custom domains';
export const ANYTHING = expect.any(String) as string;

export const ours = { custom_data: CUSTOM_DATA };
export const lead: Partial<PaymentEvent> = {
	leadId: LEAD,
	contactId: 27182818,
	responsibleUserId: 16180339,
	reference: CUSTOM_DATA.kommo_reference,
};
export const GET_CUSTOMER = 'GET /customers/ctm_01hv6y1jedq4p1n0yqn5ba3ky4';
export const customer = {
	id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
	name: 'Purchasing department',
	email: 'purchasing@example.com',
};
export interface EventCase {
	name: string;
	event: EventFixture;
	/** What Paddle answers when asked; nothing may be asked besides. */
	asks?: Record<string, object | Answer[]>;
	expected: Partial<PaymentEvent> | null;
}

/** One test for each case. */
export function itTells(cases: readonly EventCase[]): void {
	isolateNetwork();
	it.each(cases)('$name', async ({ event, asks = {}, expected }) => {
		const sent = paddleAnswers(asks);
		const events = await paddle.toPaymentEvents(event, context);
		if (expected === null) expect(events).toEqual([]);
		else expect(events).toEqual([expect.objectContaining(expected)]);
		const delivered = paddle.webhook.read(event);
		for (const { type } of events) expect(delivered?.types).toContain(type);
		expect(sent).toHaveLength(Object.keys(asks).length);
	});
}
