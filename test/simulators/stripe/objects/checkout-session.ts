import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { LineItem } from '../store';
import type { Metadata, Session } from '../wire';

export interface SessionInput {
	mode: 'payment' | 'subscription';
	lineItems: LineItem[];
	metadata: Metadata;
	clientReferenceId: string | null;
	customerEmail: string | null;
	customerId: string | null;
	customerCreation: 'always' | 'if_required';
	paymentLinkId: string | null;
	invoiceCreation: Session['invoice_creation'];
	successUrl: string | null;
	cancelUrl: string | null;
	/** Unix seconds. */
	expiresAt: number;
	methodTypes: string[];
}

export function newSession(simulation: Simulation, input: SessionInput): Session {
	const id = newId(`cs_${simulation.livemode ? 'live' : 'test'}_a1`, 56);
	const total = input.lineItems.reduce((sum, item) => sum + item.amount_total, 0);
	const link = simulation.store.links.find(input.paymentLinkId);
	return {
		id,
		object: 'checkout.session',
		adaptive_pricing: null,
		after_expiration: null,
		allow_promotion_codes: null,
		allowed_payment_method_types: null,
		amount_subtotal: total,
		amount_total: total,
		automatic_tax: { enabled: false, liability: null, provider: null, status: null },
		billing_address_collection: link?.billing_address_collection ?? null,
		cancel_url: input.cancelUrl,
		client_reference_id: input.clientReferenceId,
		client_secret: null,
		collected_information: null,
		consent: null,
		consent_collection: null,
		created: simulation.seconds(),
		currency: input.lineItems[0]?.currency ?? null,
		currency_conversion: null,
		custom_fields: [],
		custom_text: {
			after_submit: null,
			shipping_address: null,
			submit: null,
			terms_of_service_acceptance: null,
		},
		customer: input.customerId,
		customer_account: null,
		customer_creation: input.customerCreation,
		customer_details: null,
		customer_email: input.customerEmail,
		discounts: null,
		expires_at: input.expiresAt,
		integration_identifier: null,
		invoice: null,
		invoice_creation: input.invoiceCreation,
		livemode: simulation.livemode,
		locale: null,
		managed_payments: null,
		metadata: input.metadata,
		mode: input.mode,
		origin_context: null,
		payment_intent: null,
		payment_link: input.paymentLinkId,
		payment_method_collection: input.mode === 'subscription' ? 'always' : null,
		payment_method_configuration_details: null,
		payment_method_options: null,
		payment_method_types: input.methodTypes,
		payment_status: 'unpaid',
		permissions: null,
		phone_number_collection: { enabled: link?.phone_number_collection.enabled ?? false },
		recovered_from: null,
		saved_payment_method_options: null,
		setup_intent: null,
		shipping_address_collection: null,
		shipping_cost: null,
		shipping_options: [],
		status: 'open',
		submit_type: input.mode === 'payment' ? (link?.submit_type ?? 'auto') : null,
		subscription: null,
		success_url: input.successUrl,
		total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
		ui_mode: 'hosted_page',
		url: `${simulation.url}/c/pay/${id}`,
		wallet_options: null,
	};
}

export function customerDetails(
	email: string,
	name: string | null,
	phone: string | null,
): Session['customer_details'] {
	return {
		address: {
			city: null,
			country: 'IE',
			line1: null,
			line2: null,
			postal_code: null,
			state: null,
		},
		business_name: null,
		email,
		individual_name: null,
		name,
		phone,
		tax_exempt: 'none',
		tax_ids: [],
	};
}
