import type Stripe from 'stripe';
import { toMetadata } from '../api/metadata';
import { newId, randomText } from '../ids';
import type { Simulation } from '../simulation';
import type { PaymentLink, Wire } from '../wire';

export type PaymentLinkInput = Wire<Stripe.PaymentLinkCreateParams>;

export function newPaymentLink(
	simulation: Simulation,
	input: PaymentLinkInput,
	price: { currency: string; recurring: boolean },
): PaymentLink {
	const { recurring } = price;
	return {
		id: newId('plink_1', 23),
		object: 'payment_link',
		active: true,
		after_completion: afterCompletion(input.after_completion),
		allow_promotion_codes: input.allow_promotion_codes ?? false,
		application: null,
		application_fee_amount: null,
		application_fee_percent: null,
		automatic_tax: { enabled: input.automatic_tax?.enabled ?? false, liability: null },
		billing_address_collection: input.billing_address_collection ?? 'auto',
		consent_collection: null,
		currency: price.currency,
		custom_fields: [],
		custom_text: {
			after_submit: null,
			shipping_address: null,
			submit: null,
			terms_of_service_acceptance: null,
		},
		customer_creation: recurring ? 'always' : (input.customer_creation ?? 'if_required'),
		inactive_message: input.inactive_message ?? null,
		invoice_creation: recurring ? null : invoiceCreation(input.invoice_creation),
		livemode: simulation.livemode,
		managed_payments: null,
		metadata: toMetadata(input.metadata),
		on_behalf_of: null,
		payment_intent_data: paymentIntentData(input.payment_intent_data),
		payment_method_collection:
			input.payment_method_collection ?? (recurring ? 'always' : 'if_required'),
		payment_method_options: null,
		payment_method_types: input.payment_method_types ?? null,
		phone_number_collection: { enabled: input.phone_number_collection?.enabled ?? false },
		restrictions: restrictions(input.restrictions),
		shipping_address_collection: null,
		shipping_options: [],
		submit_type: input.submit_type ?? 'auto',
		subscription_data: subscriptionData(input.subscription_data, recurring),
		tax_id_collection: { enabled: false, required: 'never' },
		transfer_data: null,
		url: `${simulation.url}/pay/${simulation.livemode ? '' : 'test_'}${randomText(19)}`,
	};
}

export function afterCompletion(
	input: PaymentLinkInput['after_completion'],
): PaymentLink['after_completion'] {
	if (input?.type === 'redirect') {
		return { type: 'redirect', redirect: { url: input.redirect?.url ?? '' } };
	}
	return {
		type: 'hosted_confirmation',
		hosted_confirmation: {
			custom_message: input?.hosted_confirmation?.custom_message ?? null,
		},
	};
}

export function restrictions(
	input: { completed_sessions: { limit: number } } | undefined,
	count = 0,
): PaymentLink['restrictions'] {
	return input ? { completed_sessions: { count, limit: input.completed_sessions.limit } } : null;
}

export function invoiceCreation(
	input: PaymentLinkInput['invoice_creation'],
): PaymentLink['invoice_creation'] {
	const data = input?.invoice_data;
	return {
		enabled: input?.enabled ?? false,
		invoice_data: {
			account_tax_ids: null,
			custom_fields: null,
			description: data?.description ?? null,
			footer: data?.footer ?? null,
			issuer: null,
			metadata: toMetadata(data?.metadata),
			rendering_options: null,
		},
	};
}

export function paymentIntentData(
	input: PaymentLinkInput['payment_intent_data'],
): PaymentLink['payment_intent_data'] {
	if (!input) return null;
	return {
		capture_method: null,
		description: input.description ?? null,
		metadata: toMetadata(input.metadata),
		setup_future_usage: null,
		statement_descriptor: input.statement_descriptor ?? null,
		statement_descriptor_suffix: input.statement_descriptor_suffix ?? null,
		transfer_group: input.transfer_group ?? null,
	};
}

function subscriptionData(
	input: PaymentLinkInput['subscription_data'],
	recurring: boolean,
): PaymentLink['subscription_data'] {
	if (!recurring) return null;
	return {
		description: input?.description ?? null,
		invoice_settings: {
			account_tax_ids: null,
			custom_fields: null,
			description: null,
			footer: null,
			issuer: { type: 'self' },
		},
		metadata: toMetadata(input?.metadata),
		trial_period_days: input?.trial_period_days ?? null,
		trial_settings: null,
	};
}
