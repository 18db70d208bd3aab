import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { Charge, PaymentIntent } from '../wire';

/** How a payer may pay; everything but `card` is confirmed days later. */
export type PaymentMethod = 'card' | DelayedMethod;
export type DelayedMethod = (typeof DELAYED_METHODS)[number];

export const DELAYED_METHODS = ['sepa_debit', 'bacs_debit', 'us_bank_account', 'boleto'] as const;

export function isDelayed(method: PaymentMethod): method is DelayedMethod {
	return method !== 'card';
}

export interface Payer {
	email: string;
	name: string | null;
	phone: string | null;
}

/** A charge of an intent; the intent's metadata is copied now and never again. */
export function newCharge(
	simulation: Simulation,
	intent: PaymentIntent,
	payer: Payer,
	method: PaymentMethod,
): Charge {
	return {
		id: newId(method === 'card' ? 'ch_3' : 'py_3'),
		object: 'charge',
		amount: intent.amount,
		amount_captured: 0,
		amount_refunded: 0,
		application: null,
		application_fee: null,
		application_fee_amount: null,
		balance_transaction: null,
		billing_details: {
			address: {
				city: null,
				country: 'IE',
				line1: null,
				line2: null,
				postal_code: null,
				state: null,
			},
			email: payer.email,
			name: payer.name,
			phone: payer.phone,
			tax_id: null,
		},
		calculated_statement_descriptor: 'EXAMPLE SHOP',
		captured: false,
		created: simulation.seconds(),
		currency: intent.currency,
		customer: intent.customer,
		description: intent.description,
		disputed: false,
		failure_balance_transaction: null,
		failure_code: null,
		failure_message: null,
		fraud_details: {},
		livemode: simulation.livemode,
		metadata: { ...intent.metadata },
		on_behalf_of: null,
		outcome: null,
		paid: false,
		payment_intent: intent.id,
		payment_method: newId('pm_1'),
		payment_method_details: methodDetails(method, intent.amount),
		radar_options: {},
		receipt_email: intent.receipt_email,
		receipt_number: null,
		receipt_url: null,
		refunded: false,
		review: null,
		shipping: null,
		source: null,
		source_transfer: null,
		statement_descriptor: null,
		statement_descriptor_suffix: null,
		status: 'pending',
		transfer_data: null,
		transfer_group: null,
	};
}

export function outcome(type: 'authorized' | 'issuer_declined', reason: string | null) {
	return {
		advice_code: null,
		network_advice_code: null,
		network_decline_code: null,
		network_status: type === 'authorized' ? 'approved_by_network' : 'declined_by_network',
		reason,
		risk_level: 'normal',
		risk_score: 18,
		seller_message:
			type === 'authorized' ? 'Payment complete.' : 'The bank did not return any further details.',
		type,
	} satisfies Charge['outcome'];
}

function methodDetails(method: PaymentMethod, amount: number): Charge['payment_method_details'] {
	switch (method) {
		case 'card':
			return { type: 'card', card: cardDetails(amount) } as Charge['payment_method_details'];
		case 'sepa_debit':
			return {
				type: 'sepa_debit',
				sepa_debit: {
					bank_code: '37040044',
					branch_code: '',
					country: 'DE',
					fingerprint: 'simulatedSepa',
					last4: '3000',
					mandate: null,
				},
			} as Charge['payment_method_details'];
		case 'bacs_debit':
			return {
				type: 'bacs_debit',
				bacs_debit: {
					fingerprint: 'simulatedBacs',
					last4: '2345',
					mandate: null,
					sort_code: '108800',
				},
			} as Charge['payment_method_details'];
		case 'us_bank_account':
			return {
				type: 'us_bank_account',
				us_bank_account: {
					account_holder_type: 'individual',
					account_type: 'checking',
					bank_name: 'EXAMPLE BANK',
					fingerprint: 'simulatedBank',
					last4: '6789',
					payment_reference: null,
					routing_number: '110000000',
				},
			} as Charge['payment_method_details'];
		case 'boleto':
			return {
				type: 'boleto',
				boleto: { tax_id: '000.000.000-00' },
			} as Charge['payment_method_details'];
	}
}

function cardDetails(amount: number): object {
	return {
		amount_authorized: amount,
		authorization_code: '123456',
		brand: 'visa',
		checks: {
			address_line1_check: null,
			address_postal_code_check: null,
			cvc_check: 'pass',
		},
		country: 'US',
		electronic_commerce_indicator: null,
		exp_month: 12,
		exp_year: 2034,
		fingerprint: 'simulatedCard',
		funding: 'credit',
		installments: null,
		last4: '4242',
		mandate: null,
		network: 'visa',
		network_token: { used: false },
		network_transaction_id: '747221110000123',
		regulated_status: 'unregulated',
		three_d_secure: null,
		transaction_link_id: null,
		wallet: null,
	};
}
