import type Stripe from 'stripe';
import { Collection } from '../collection';
import {
	afterCompletion,
	invoiceCreation,
	newPaymentLink,
	paymentIntentData,
	restrictions,
	type PaymentLinkInput,
} from '../objects/payment-link';
import { isRecurring } from '../payments/opening';
import type { Simulation } from '../simulation';
import type { PaymentLink, Wire } from '../wire';
import { readLineItems, type LineItemInput } from './line-items';
import { mergeMetadata, toMetadata } from './metadata';
import { onlyKeys, PAGING } from './parameters';
import { route, type ApiCall, type Route } from './router';
import { invalid, parameterUnknown } from './stripe-error';
import { INLINE_LINK_PRICES, isBefore } from './versions';

/** https://docs.stripe.com/api/payment-link */
export function paymentLinkRoutes(simulation: Simulation): Route[] {
	const { links, linkItems } = simulation.store;
	return [
		route('POST', '/v1/payment_links', 'POST /v1/payment_links', (call) =>
			create(simulation, call as ApiCall<PaymentLinkInput>),
		),
		route<Wire<Stripe.PaymentLinkListParams>>(
			'GET',
			'/v1/payment_links',
			'GET /v1/payment_links',
			({ input }) =>
				links.page(
					'/v1/payment_links',
					input,
					({ active }) => input.active === undefined || active === input.active,
				),
		),
		route('GET', '/v1/payment_links/:id', onlyKeys({}), ({ id }) => links.get(id)),
		route<Wire<Stripe.PaymentLinkUpdateParams>>(
			'POST',
			'/v1/payment_links/:id',
			'POST /v1/payment_links/{id}',
			({ id, input }) => update(simulation, links.get(id), input),
		),
		route('GET', '/v1/payment_links/:id/line_items', onlyKeys(PAGING), ({ id, input }) => {
			const items = new Collection<{ id: string }>('line item');
			for (const item of [...(linkItems.get(links.get(id).id) ?? [])].reverse()) items.add(item);
			return items.page(`/v1/payment_links/${id}/line_items`, input);
		}),
	];
}

function create(
	simulation: Simulation,
	{ input, version }: ApiCall<PaymentLinkInput>,
): PaymentLink {
	const inline = input.line_items.findIndex((item) => 'price_data' in item);
	if (inline >= 0 && isBefore(version, INLINE_LINK_PRICES)) {
		throw parameterUnknown(`line_items[${inline}][price_data]`);
	}
	const items = readLineItems(simulation, input.line_items as LineItemInput[]);
	const recurring = isRecurring(items);
	checkModes(input, recurring);
	if (input.after_completion?.type === 'redirect' && !input.after_completion.redirect?.url) {
		throw invalid(
			'Missing required param: after_completion[redirect].',
			'after_completion[redirect]',
			'parameter_missing',
		);
	}
	const link = newPaymentLink(simulation, input, {
		currency: items[0]?.currency ?? '',
		recurring,
	});
	simulation.store.links.add(link);
	simulation.store.linkItems.set(link.id, items);
	simulation.events.emit('payment_link.created', link);
	return link;
}

function checkModes(input: PaymentLinkInput, recurring: boolean): void {
	if (recurring && input.payment_intent_data) {
		throw invalid(
			'You can not pass `payment_intent_data` when there is a line item with a recurring price.',
			'payment_intent_data',
		);
	}
	if (recurring && input.invoice_creation?.enabled) {
		throw invalid(
			'You can only enable invoice creation for one-time payments.',
			'invoice_creation',
		);
	}
	if (!recurring && input.subscription_data) {
		throw invalid(
			'There must be at least one line item with a recurring price to use `subscription_data`.',
			'subscription_data',
		);
	}
}

/** `metadata` merges; `payment_intent_data` and `subscription_data` replace what was there. */
function update(
	simulation: Simulation,
	link: PaymentLink,
	input: Wire<Stripe.PaymentLinkUpdateParams>,
): PaymentLink {
	const before = structuredClone(link);
	if (input.active !== undefined) link.active = input.active;
	if (input.metadata !== undefined) link.metadata = mergeMetadata(link.metadata, input.metadata);
	if (input.inactive_message !== undefined) link.inactive_message = input.inactive_message || null;
	if (input.after_completion) {
		link.after_completion = afterCompletion(
			input.after_completion as PaymentLinkInput['after_completion'],
		);
	}
	if (input.invoice_creation) {
		link.invoice_creation = invoiceCreation(
			input.invoice_creation as PaymentLinkInput['invoice_creation'],
		);
	}
	if (input.payment_intent_data) {
		const data = input.payment_intent_data as PaymentLinkInput['payment_intent_data'];
		link.payment_intent_data = paymentIntentData(data);
	}
	if (input.subscription_data?.metadata !== undefined && link.subscription_data) {
		link.subscription_data.metadata = toMetadata(input.subscription_data.metadata);
	}
	if (input.restrictions !== undefined) {
		link.restrictions = restrictions(
			input.restrictions || undefined,
			link.restrictions?.completed_sessions.count ?? 0,
		);
	}
	emitUpdate(simulation, before, link);
	return link;
}

function emitUpdate(simulation: Simulation, before: PaymentLink, link: PaymentLink): void {
	const now = link as unknown as Record<string, unknown>;
	const previous = Object.entries(before).filter(
		([key, value]) => JSON.stringify(value) !== JSON.stringify(now[key]),
	);
	if (previous.length === 0) return;
	simulation.events.emit('payment_link.updated', link, Object.fromEntries(previous));
}
