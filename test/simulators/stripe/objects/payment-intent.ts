import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { Metadata, PaymentIntent } from '../wire';

export interface PaymentIntentInput {
	/** Minor units. */
	amount: number;
	currency: string;
	metadata: Metadata;
	description: string | null;
	customerId: string | null;
	receiptEmail?: string | null;
}

export function newPaymentIntent(simulation: Simulation, input: PaymentIntentInput): PaymentIntent {
	const id = newId('pi_3');
	return {
		id,
		object: 'payment_intent',
		allowed_payment_method_types: null,
		amount: input.amount,
		amount_capturable: 0,
		amount_details: { tip: {} },
		amount_received: 0,
		application: null,
		application_fee_amount: null,
		automatic_payment_methods: null,
		canceled_at: null,
		cancellation_reason: null,
		capture_method: 'automatic_async',
		client_secret: `${id}_secret_test`,
		confirmation_method: 'automatic',
		created: simulation.seconds(),
		currency: input.currency,
		customer: input.customerId,
		customer_account: null,
		description: input.description,
		excluded_payment_method_types: null,
		last_payment_error: null,
		latest_charge: null,
		livemode: simulation.livemode,
		managed_payments: null,
		metadata: input.metadata,
		next_action: null,
		on_behalf_of: null,
		payment_method: null,
		payment_method_configuration_details: null,
		payment_method_options: {
			card: {
				installments: null,
				mandate_options: null,
				network: null,
				request_three_d_secure: 'automatic',
			},
		},
		payment_method_types: ['card', 'link'],
		payment_record: null,
		processing: null,
		receipt_email: input.receiptEmail ?? null,
		review: null,
		setup_future_usage: null,
		shipping: null,
		source: null,
		statement_descriptor: null,
		statement_descriptor_suffix: null,
		status: 'requires_payment_method',
		transfer_group: null,
	};
}
