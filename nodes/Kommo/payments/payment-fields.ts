/**
 * The lead fields this package reads and writes: what they are called, and which field of the account each one is.
 * Found by their codes; a user who already has fields maps them instead.
 */
import { PAYMENT_STATUSES } from '../../core/payment-status';
import type { CustomField } from '../client/custom-fields';

export interface PaymentFieldDefinition {
	/** Kommo's field code. */
	code: string;
	/** What people read on the card. */
	name: string;
	type: 'textarea' | 'select' | 'numeric' | 'text' | 'date_time' | 'date';
	/** Visible on the card but written by us alone. */
	apiOnly: boolean;
	options?: readonly string[];
}

export const PAYMENT_FIELDS = {
	paymentLink: { code: 'KP_PAYMENT_LINK', name: 'Payment link', type: 'textarea', apiOnly: true },
	status: {
		code: 'KP_PAYMENT_STATUS',
		name: 'Payment status',
		type: 'select',
		apiOnly: true,
		options: PAYMENT_STATUSES,
	},
	amountDue: { code: 'KP_AMOUNT_DUE', name: 'Amount due', type: 'numeric', apiOnly: false },
	currency: { code: 'KP_CURRENCY', name: 'Payment currency', type: 'text', apiOnly: false },
	amountPaid: { code: 'KP_AMOUNT_PAID', name: 'Amount paid', type: 'numeric', apiOnly: true },
	paidAt: { code: 'KP_PAID_AT', name: 'Paid at', type: 'date_time', apiOnly: true },
	paymentId: { code: 'KP_PAYMENT_ID', name: 'Payment ID', type: 'text', apiOnly: true },
	gateway: { code: 'KP_GATEWAY', name: 'Payment gateway', type: 'text', apiOnly: true },
	refunded: { code: 'KP_REFUNDED', name: 'Amount refunded', type: 'numeric', apiOnly: true },
	invoiceNumber: { code: 'KP_INVOICE_NUMBER', name: 'Invoice number', type: 'text', apiOnly: true },
	planName: { code: 'KP_PLAN_NAME', name: 'Plan', type: 'text', apiOnly: true },
	subscriptionId: {
		code: 'KP_SUBSCRIPTION_ID',
		name: 'Subscription ID',
		type: 'text',
		apiOnly: true,
	},
	subscriptionStatus: {
		code: 'KP_SUBSCRIPTION_STATUS',
		name: 'Subscription status',
		type: 'text',
		apiOnly: true,
	},
	nextBilling: { code: 'KP_NEXT_BILLING', name: 'Next billing', type: 'date', apiOnly: true },
	ledger: { code: 'KP_PAYMENTS', name: 'Payments', type: 'textarea', apiOnly: true },
} as const satisfies Record<string, PaymentFieldDefinition>;

export type PaymentFieldName = keyof typeof PAYMENT_FIELDS;

export const PAYMENT_FIELD_NAMES = Object.keys(PAYMENT_FIELDS) as PaymentFieldName[];

/** The account's field for each of ours; a name without one is not written. */
export type PaymentFieldMap = Readonly<Partial<Record<PaymentFieldName, CustomField>>>;

/** Those that "Set Up Fields" created, by their codes. */
export function findPaymentFields(fields: readonly CustomField[]): PaymentFieldMap {
	const found: Partial<Record<PaymentFieldName, CustomField>> = {};
	for (const name of PAYMENT_FIELD_NAMES) {
		const field = fields.find(({ code }) => code === PAYMENT_FIELDS[name].code);
		if (field) found[name] = field;
	}
	return found;
}
