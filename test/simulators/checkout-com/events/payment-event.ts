import { newDigits } from '../ids';
import { customerOf } from '../objects/payment';
import { linkMetadata } from '../objects/payment-link';
import type { Simulation } from '../simulation';
import type { Payment, StoredEvent } from '../store';
import { longIsoTime } from '../timestamps';
import type { PaymentAction } from '../wire';

/**
 * How much a payment event tells. Captures, refunds and voids have neither customer nor card.
 * https://www.checkout.com/docs/developer-resources/event-notifications/event-types
 */
type Detail = 'card' | 'method' | 'balances' | 'bare';

const DETAIL: Record<string, Detail> = {
	payment_approved: 'card',
	payment_declined: 'card',
	payment_pending: 'method',
	payment_canceled: 'method',
	payment_expired: 'method',
	payment_captured: 'balances',
	payment_refunded: 'balances',
	payment_returned: 'balances',
	payment_voided: 'balances',
};

/** Records an event of a payment as it stands now; without an action (APM expiry) the whole amount is told. */
export function recordPaymentEvent(
	simulation: Simulation,
	type: string,
	payment: Payment,
	action?: PaymentAction,
): StoredEvent {
	const links = paymentLinks(simulation, payment);
	return simulation.events.record({
		type,
		subjectId: payment.id,
		channelId: payment.channelId,
		data: {
			...common(simulation, payment, action),
			...details(simulation, payment, DETAIL[type] ?? 'bare'),
			event_links: Object.fromEntries(
				Object.entries(links).map(([name, { href }]) => [name, href]),
			),
		},
		links: {
			subject: simulation.link('workflows/events/subject', payment.id),
			...links,
		},
	});
}

function common(simulation: Simulation, payment: Payment, action?: PaymentAction): object {
	const link = simulation.store.link(payment.linkId);
	return {
		id: payment.id,
		...(action && { action_id: action.id }),
		reference: action?.reference ?? link.request.reference,
		amount: action?.amount ?? payment.amount,
		...(action?.auth_code && { auth_code: action.auth_code }),
		currency: payment.currency,
		metadata: action?.metadata ?? (link.request.metadata && linkMetadata(simulation, link)),
		processed_on: longIsoTime(simulation.now()),
		...(action && {
			response_code: action.response_code,
			response_summary: action.response_summary,
		}),
	};
}

function details(simulation: Simulation, payment: Payment, detail: Detail): object {
	const link = simulation.store.link(payment.linkId);
	const payment_type = link.request.payment_type ?? 'Regular';
	switch (detail) {
		case 'bare':
			return {};
		case 'method':
			return { payment_type, source: payment.source };
		case 'balances':
			return {
				balances: payment.balances,
				processing: {
					acquirer_transaction_id: newDigits(21),
					acquirer_reference_number: newDigits(23),
				},
			};
		case 'card':
			return {
				customer: customerOf(payment, link),
				payment_ip: '203.0.113.0',
				payment_type,
				processing: { acquirer_transaction_id: newDigits(21), Aft: 'False' },
				...(payment.source.type === 'card' && cardChecks(payment)),
				risk: { flagged: false, score: 0 },
				source: payment.source,
				balances: payment.balances,
			};
	}
}

function cardChecks(payment: Payment): object {
	return {
		'3ds': {
			downgraded: false,
			enrolled: 'Y',
			authentication_response: payment.approved ? 'Y' : 'N',
			version: '2.2.0',
			exemption: 'none',
			challenged: false,
		},
		scheme_id: newDigits(15),
	};
}

function paymentLinks(simulation: Simulation, payment: Payment): Record<string, { href: string }> {
	const { balances } = payment;
	const at = (...path: string[]) => simulation.link('payments', payment.id, ...path);
	return {
		payment: at(),
		payment_actions: at('actions'),
		...(balances.available_to_capture > 0 && { capture: at('captures') }),
		...(balances.available_to_void > 0 && { void: at('voids') }),
		...(balances.available_to_refund > 0 && { refund: at('refunds') }),
	};
}
