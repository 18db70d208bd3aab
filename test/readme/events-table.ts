import { applyPaymentEvent, type LeadPaymentState } from '../../nodes/core/apply-payment-event';
import { fromMinor } from '../../nodes/core/money';
import {
	PAYMENT_EVENT_TYPES,
	type PaymentEvent,
	type PaymentEventType,
} from '../../nodes/core/payment-event';
import { ledgerOf } from '../../nodes/core/payment-ledger';
import { checkoutCom } from '../../nodes/CheckoutComPayments/gateway';
import { flutterwave } from '../../nodes/FlutterwavePayments/gateway';
import type { Gateway } from '../../nodes/gateways/gateway';
import { paddle } from '../../nodes/PaddlePayments/gateway';
import { stripe } from '../../nodes/StripePayments/gateway';

const GATEWAYS: readonly Gateway[] = [stripe, checkoutCom, paddle, flutterwave];

/** Between these two lines of the README stands what the code says. */
export const TABLE_START = '<!-- events table: made by `npm run readme` -->';
export const TABLE_END = '<!-- end of events table -->';

/** The events table of the README, from the gateways' own tables and the rules that apply events. */
export function eventsTable(): string {
	const head = ['PaymentEvent', ...GATEWAYS.map(({ displayName }) => displayName), 'on the deal'];
	const rows = PAYMENT_EVENT_TYPES.map((type) => [
		`\`${type}\``,
		...GATEWAYS.map((gateway) => eventsBecoming(type, gateway)),
		effectOf(type),
	]);
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function eventsBecoming(type: PaymentEventType, { webhook }: Gateway): string {
	const names = Object.entries(webhook.events)
		.filter(([, types]) => types.includes(type))
		.map(([name]) => `\`${name}\``);
	return names.join(', ') || '–';
}

const POLICY = { acceptPartialPayments: false, applySimulated: false };
const DUE = fromMinor(10_000, 'EUR');

/** What applying one to a deal changes: a payment for a deal that waits, anything else for one that is paid. */
function effectOf(type: PaymentEventType): string {
	const waiting: LeadPaymentState = {
		ledger: ledgerOf([]),
		due: DUE,
		status: 'Awaiting',
		nextBilling: null,
	};
	const paidBefore = ['payment.refunded', 'payment.disputed', 'payment.dispute_closed'];
	const before = paidBefore.includes(type) ? after(waiting, 'payment.succeeded') : waiting;
	const { changes, note } = applyPaymentEvent(before, sampleEvent(type), POLICY);
	const status = changes.status ? `status **${changes.status}**` : 'status stays';
	const subscription = changes.subscriptionStatus ? ', subscription fields' : '';
	return `${status}${subscription}${note === null ? '' : ', a note'}`;
}

function after(state: LeadPaymentState, type: PaymentEventType): LeadPaymentState {
	const { ledger, status } = applyPaymentEvent(state, sampleEvent(type), POLICY);
	return { ...state, ledger, status };
}

function sampleEvent(type: PaymentEventType): PaymentEvent {
	const { amount, amountMinor, currency } = DUE;
	const subscription = { id: 'sub_1', status: 'active', nextBillingAt: null, endsAt: null };
	return {
		gateway: 'stripe',
		type,
		eventId: `evt_${type}`,
		eventType: type,
		paymentId: 'pay_1',
		reference: null,
		leadId: 1,
		contactId: null,
		responsibleUserId: null,
		amount,
		amountMinor,
		currency,
		refunded: type === 'payment.refunded' ? { amount, amountMinor, total: true } : null,
		occurredAt: '2026-01-01T00:00:00Z',
		live: false,
		simulated: false,
		method: null,
		reason: type === 'payment.dispute_closed' ? 'lost' : null,
		customer: { name: null, email: null, phone: null },
		invoiceNumber: null,
		planName: null,
		subscription: type.startsWith('subscription.') ? subscription : null,
		raw: {},
	};
}
