import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { leadOf } from '../../nodes/core/lead-metadata';
import { leadIdOfReference } from '../../nodes/core/lead-reference';
import { fromProviderAmount, MoneyError, parseMoney } from '../../nodes/core/money';
import { formatLedger, parseLedger } from '../../nodes/core/payment-ledger';
import { entriesOfNote } from '../../nodes/core/payment-note';
import { seal, unseal } from '../../nodes/core/sealed-secret';
import type { Gateway, GatewayContext } from '../../nodes/gateways/gateway';
import { ApiError } from '../../nodes/http/http';
import { CredentialAddressError, providerBaseUrl } from '../../nodes/http/provider-base-url';
import { withRetries } from '../../nodes/http/with-retries';
import { checkoutCom } from '../../nodes/CheckoutComPayments/gateway';
import { checkoutComHosts } from '../../nodes/CheckoutComPayments/checkout-com-hosts';
import { flutterwave } from '../../nodes/FlutterwavePayments/gateway';
import { readLinkReference } from '../../nodes/FlutterwavePayments/gateway/link-reference';
import { kommoBaseUrl } from '../../nodes/Kommo/kommo-hosts';
import { changesOf } from '../../nodes/Kommo/webhook/kommo-change';
import { FormBodyError, parsePhpForm } from '../../nodes/Kommo/webhook/php-form-body';
import { paddle } from '../../nodes/PaddlePayments/gateway';
import { stripe } from '../../nodes/StripePayments/gateway';

/** A parser of what strangers send, with what they usually send. */
export interface FuzzTarget {
	name: string;
	seeds: readonly Buffer[];
	/** Whatever it throws must be one of `documented`. */
	parse(input: Buffer): unknown;
	/** Errors that callers expect of it. */
	documented: ReadonlyArray<abstract new (...args: never[]) => Error>;
}

const FIXTURES = path.resolve(__dirname, '../fixtures');
const NOW_MS = Date.parse('2026-11-20T12:00:00Z');
const HEX = 'ab'.repeat(32);
const LEDGER_LINE =
	'2026-11-20 10:36:05Z | stripe | pi_1 | partly refunded | 30.00 EUR | duplicate';

const texts = (...seeds: string[]): Buffer[] => seeds.map((seed) => Buffer.from(seed));

function fixtures(folder: string, name: RegExp): Buffer[] {
	const files = readdirSync(path.join(FIXTURES, folder)).filter((file) => name.test(file));
	return files.map((file) => readFileSync(path.join(FIXTURES, folder, file)));
}

const GATEWAYS: ReadonlyArray<{
	gateway: Gateway;
	headers: Record<string, string>;
	bodies: Buffer[];
}> = [
	{
		gateway: stripe,
		headers: { 'stripe-signature': `t=1795176000,v1=${HEX},v1=${HEX},v0=${HEX}` },
		bodies: fixtures('stripe', /event|webhook/),
	},
	{
		gateway: checkoutCom,
		headers: { 'cko-signature': HEX },
		bodies: fixtures('checkout-com', /^event/),
	},
	{
		gateway: paddle,
		headers: { 'paddle-signature': `ts=1795176000;h1=${HEX};h1=${HEX}` },
		bodies: fixtures('paddle', /^(openapi|derived)/),
	},
	{
		gateway: flutterwave,
		headers: {
			'verif-hash': 'the secret hash',
			'flutterwave-signature': Buffer.alloc(32).toString('base64'),
		},
		bodies: fixtures('flutterwave', /webhook/),
	},
];

/** A provider that knows nothing: the body has to speak for itself. */
const NO_ANSWERS: GatewayContext = {
	send: async () => await Promise.resolve({ status: 404, headers: {}, body: {} }),
	now: () => NOW_MS,
	live: false,
};

const headerTargets = GATEWAYS.flatMap(({ gateway, headers }) =>
	Object.entries(headers).map(([header, value]): FuzzTarget => ({
		name: `${header} of ${gateway.displayName}`,
		seeds: texts(value),
		parse: (input) =>
			gateway.webhook.verify(
				{ rawBody: input, headers: { [header]: input.toString('latin1') } },
				{ secrets: ['the secret hash', 'another'], toleranceSeconds: 300, nowMs: NOW_MS },
			),
		documented: [],
	})),
);

const bodyTargets = GATEWAYS.map(({ gateway, bodies }): FuzzTarget => ({
	name: `webhook body of ${gateway.displayName}`,
	seeds: bodies,
	async parse(input) {
		const body: unknown = JSON.parse(input.toString('utf8'));
		if (gateway.webhook.read(body) !== null) await gateway.toPaymentEvents(body, NO_ANSWERS);
	},
	documented: [SyntaxError, ApiError, MoneyError],
}));

/** Two halves of one input, for parsers of two texts. */
function halves(input: Buffer): [string, string] {
	const [first = '', second = ''] = input.toString('utf8').split(' ', 2);
	return [first, second];
}

export const TARGETS: readonly FuzzTarget[] = [
	...headerTargets,
	...bodyTargets,
	{
		name: "Kommo's form body",
		seeds: fixtures('kommo', /^webhook\..*\.txt$/),
		parse: (input) => changesOf(parsePhpForm(input)),
		documented: [FormBodyError],
	},
	{
		name: 'an amount and its currency',
		seeds: texts('1999.00 EUR', '500 JPY', '-5.120 kwd'),
		parse: (input) => parseMoney(...halves(input)),
		documented: [MoneyError],
	},
	...GATEWAYS.map(({ gateway: { displayName, currencies } }): FuzzTarget => ({
		name: `an amount of ${displayName}`,
		seeds: texts('199900 EUR', '500 JPY', '-5120 KWD', '100 ISK'),
		parse: (input) => fromProviderAmount(...halves(input), currencies),
		documented: [MoneyError],
	})),
	{
		name: 'a reference',
		seeds: texts('kommo_31415926_link', 'kommo_7_EUR4a9cs1kx2z00v3m2'),
		parse(input) {
			const reference = input.toString('utf8');
			return [leadIdOfReference(reference), readLinkReference(reference)];
		},
		documented: [MoneyError],
	},
	{
		name: "a lead's metadata",
		seeds: texts('{"kommo_lead_id":"7","kommo_contact_id":"8","kommo_reference":"kommo_7_link"}'),
		parse: (input) => leadOf(JSON.parse(input.toString('utf8')), input.toString('utf8')),
		documented: [SyntaxError],
	},
	{
		name: 'the ledger on a lead',
		seeds: texts(LEDGER_LINE, `${LEDGER_LINE}\nsomebody's own line\r\n${LEDGER_LINE}`),
		parse: (input) => formatLedger(parseLedger(input.toString('utf8'))),
		documented: [],
	},
	{
		name: 'a note on a lead',
		seeds: texts(`Payment received: 30.00 EUR by card.\n${LEDGER_LINE}`),
		parse: (input) => entriesOfNote(input.toString('utf8')),
		documented: [],
	},
	{
		name: 'a sealed secret',
		seeds: texts(seal('whsec_1', 'the key')),
		parse: (input) => unseal(input.toString('utf8'), 'the key'),
		documented: [],
	},
	{
		name: "a credential's address",
		seeds: texts('https://vkuhvk4v.api.checkout.com', 'https://acme.kommo.com/leads/', '127.0.0.1'),
		parse(input) {
			const text = input.toString('utf8');
			if (text.trim() !== '') kommoBaseUrl(text);
			return providerBaseUrl(text, checkoutComHosts({ environment: 'live', prefix: text }));
		},
		documented: [CredentialAddressError],
	},
	{
		name: 'Retry-After',
		seeds: texts('120', 'Fri, 20 Nov 2026 12:01:00 GMT'),
		async parse(input) {
			const answer = {
				status: 429,
				headers: { 'retry-after': input.toString('latin1') },
				body: '',
			};
			const send = withRetries(async () => await Promise.resolve(answer), {
				backoffMs: [1],
				longestPauseMs: 30_000,
				sleep: async () => await Promise.resolve(),
				now: () => NOW_MS,
			});
			await send({ method: 'GET', path: '/' });
		},
		documented: [],
	},
];
