import { newLinkCode } from '../ids';
import { offeredMethods } from '../methods';
import { isCurrency, readAmount } from '../money';
import { linkState } from '../payments/links';
import type { Simulation } from '../simulation';
import type { Customer, PaymentLink, PaymentPlan } from '../store';
import { FlutterwaveError, invalid } from './flutterwave-error';
import { isRecord, type ApiCall, type Answer, type Route } from './router';
import { readSession } from './session-controls';

type Fields = Record<string, unknown>;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** https://developer.flutterwave.com/docs/flutterwave-standard-1 */
export const paymentRoutes: Route[] = [
	{ method: 'post', path: '/payments', handle: create },
	{ method: 'post', path: '/payments/link/disable', handle: disable },
];

/** The answer has the link and nothing else: neither an id nor the `tx_ref`. */
function create({ simulation, body }: ApiCall): Answer {
	const { store } = simulation;
	const txRef = text(body, 'tx_ref');
	const currency = currencyOf(body['currency']);
	const amount = amountOf(body['amount'], currency);
	const plan = planOf(simulation, body['payment_plan'], currency);
	const code = newLinkCode(simulation.now());
	const customizations = isRecord(body['customizations']) ? body['customizations'] : {};
	const link: PaymentLink = {
		code,
		url: `${simulation.url}/v3/hosted/pay/${code}`,
		txRef,
		amount,
		currency,
		redirectUrl: redirectUrlOf(body['redirect_url']),
		customer: customerOf(simulation, body['customer']),
		title: textOrNull(customizations['title']),
		description: textOrNull(customizations['description']),
		meta: metaOf(body['meta']),
		methods: plan ? ['card'] : methodsOf(simulation, currency, body['payment_options']),
		planId: plan?.id ?? null,
		createdAt: simulation.now(),
		...readSession(simulation, body),
		failedAttempts: 0,
		disabled: false,
		paid: false,
	};
	refuseDuplicate(simulation, txRef);
	store.links.set(code, link);
	return { message: 'Hosted Link', data: { link: link.url } };
}

function disable({ simulation, body }: ApiCall): Answer {
	const url = text(body, 'link');
	const link = [...simulation.store.links.values()].find((candidate) => candidate.url === url);
	if (!link) throw new FlutterwaveError(404, 'Payment link not found');
	if (linkState(simulation, link) !== 'open') {
		throw invalid('This payment link is currently inactive');
	}
	link.disabled = true;
	return { message: 'Payment link has been disabled successfully' };
}

function currencyOf(value: unknown): string {
	const currency = value ?? 'NGN';
	if (!isCurrency(currency)) throw invalid('currency is not supported');
	return currency;
}

function amountOf(value: unknown, currency: string): number {
	if (value === undefined || value === null || value === '') throw invalid('amount is required');
	const amount = readAmount(value, currency);
	if (amount === null) throw invalid(`amount is not valid for ${currency}`);
	return amount;
}

function planOf(simulation: Simulation, value: unknown, currency: string): PaymentPlan | null {
	if (value === undefined || value === null) return null;
	const plan = simulation.store.plans.get(Number(value));
	if (!plan) throw invalid('payment_plan does not exist');
	if (plan.status !== 'active') throw invalid('payment_plan is not active');
	if (plan.currency !== currency) {
		throw invalid("currency must be the same as the payment_plan's currency");
	}
	return plan;
}

function customerOf(simulation: Simulation, value: unknown): Customer {
	if (!isRecord(value)) throw invalid('customer is required');
	const email = value['email'];
	if (typeof email !== 'string' || email === '') throw invalid('customer.email is required');
	if (!EMAIL.test(email)) throw invalid('customer.email must be a valid email');
	const phone = value['phonenumber'] ?? value['phone_number'];
	return simulation.customer(
		email,
		textOrNull(value['name']) ?? undefined,
		textOrNull(phone) ?? undefined,
	);
}

function redirectUrlOf(value: unknown): string | null {
	if (value === undefined || value === null) return null;
	if (typeof value !== 'string' || !/^https?:/.test(value) || !URL.canParse(value)) {
		throw invalid('redirect_url must be a valid URL');
	}
	return value;
}

function methodsOf(
	simulation: Simulation,
	currency: string,
	options: unknown,
): PaymentLink['methods'] {
	const honoured = simulation.settings.paymentOptionsHonoured && typeof options === 'string';
	const offered = offeredMethods(currency, honoured ? options : '');
	return offered.length > 0 ? offered : offeredMethods(currency, '');
}

/** Values are kept as text: `true` was seen to come back as "1". */
function metaOf(value: unknown): Record<string, string> {
	if (value === undefined || value === null) return {};
	if (!isRecord(value)) throw invalid('meta must be an object');
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asText(item)]));
}

function asText(value: unknown): string {
	if (typeof value === 'boolean') return value ? '1' : '0';
	if (typeof value === 'object' && value !== null) return JSON.stringify(value);
	return value === null || value === undefined ? '' : String(value);
}

function refuseDuplicate({ settings, store }: Simulation, txRef: string): void {
	if (settings.duplicateTxRef === 'accept') return;
	const used = [...store.links.values(), ...store.transactions.values()];
	if (used.some((item) => item.txRef === txRef)) throw invalid('Duplicate transaction reference');
}

function text(fields: Fields, name: string): string {
	const value = fields[name];
	if (value === undefined || value === null || value === '') throw invalid(`${name} is required`);
	if (typeof value !== 'string') throw invalid(`${name} must be a string`);
	return value;
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
