import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import {
	NodeConnectionTypes,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { KommoPaymentsApi } from '../../credentials/KommoPaymentsApi.credentials';
import { checkoutComBench } from './CheckoutComPayments/checkout-com-bench';
import { flutterwaveBench } from './FlutterwavePayments/flutterwave-bench';
import type { GatewayBench } from './gateway/bench';
import { runNode } from './harness';
import { startKommoAccount } from './Kommo/kommo-account';
import { paddleBench } from './PaddlePayments/paddle-bench';
import { stripeBench } from './StripePayments/stripe-bench';

type Fields = Record<string, string>;

/** Each credential as a customer fills it in, with the host that may see its key. */
const CREDENTIALS: ReadonlyArray<[ICredentialType, Fields, string]> = [
	[stripeBench.credentialType, { secretKey: 'the-key' }, 'https://api.stripe.com'],
	[
		checkoutComBench.credentialType,
		{ secretKey: 'the-key', environment: 'live', prefix: 'vkuhvk4v' },
		'https://vkuhvk4v.api.checkout.com',
	],
	[
		paddleBench.credentialType,
		{ apiKey: 'the-key', environment: 'live' },
		'https://api.paddle.com',
	],
	[flutterwaveBench.credentialType, { secretKey: 'the-key' }, 'https://api.flutterwave.com'],
	[
		new KommoPaymentsApi(),
		{ accessToken: 'the-key', accountUrl: 'https://acme.kommo.com' },
		'https://acme.kommo.com',
	],
];

/** Where a credential's own address field stands. */
const addressField = (fields: Fields) => ('accountUrl' in fields ? 'accountUrl' : 'baseUrl');

/** Addresses that send a request elsewhere, with the provider's host in the place of HOST. */
const ELSEWHERE = [
	'https://evil.example/v1',
	'https://HOST.evil.example/v1',
	'https://HOST@evil.example/v1',
	'https://user:password@HOST/v1',
	'https://evil.example/HOST',
	'https://evil.example#HOST',
	'https://HOST:8443/v1',
	'http://HOST/v1',
	'//evil.example/v1',
	'\\\\evil.example/v1',
	'https:evil.example/v1',
	' https://evil.example/v1',
	'HTTPS://EVIL.EXAMPLE',
	'ftp://HOST/v1',
	'http://127.0.0.1:9/v1',
	'http://169.254.169.254/latest/meta-data',
	// Cyrillic о.
	'https://HОST/v1',
];

async function authenticate(
	{ authenticate: method }: ICredentialType,
	fields: Fields,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (typeof method !== 'function') throw new Error('Authentication is to be a function.');
	return await method(fields, options);
}

/** Where axios, which n8n sends by, takes it. */
const target = ({ url, baseURL }: IHttpRequestOptions) => axios.getUri({ url, baseURL });

describe.each(CREDENTIALS)('the key of %p', (credential, fields, origin) => {
	const host = new URL(origin).host;

	it.each(ELSEWHERE)('goes to its provider or nowhere when a request names %j', async (pattern) => {
		const url = pattern.replace('HOST', host);
		for (const options of [{ url }, { uri: url } as never, { url: '/v1', baseURL: url }]) {
			const request = await authenticate(credential, fields, options).catch(
				(error: Error) => error,
			);
			if (request instanceof Error) {
				expect(request.name).toBe('CredentialAddressError');
			} else {
				expect('uri' in request).toBe(false);
				expect(new URL(target(request)).origin).toBe(origin);
			}
		}
	});

	it.each(ELSEWHERE.filter((pattern) => !pattern.includes('127.0.0.1')))(
		'goes nowhere when the credential names %j',
		async (pattern) => {
			const crafted = { ...fields, [addressField(fields)]: pattern.replace('HOST', host) };
			await expect(authenticate(credential, crafted, { url: '/v1' })).rejects.toMatchObject({
				name: 'CredentialAddressError',
			});
		},
	);

	it('goes to its provider by a whole address too', async () => {
		const request = await authenticate(credential, fields, { url: `${origin}/v1/other?a=b` });
		expect(target(request)).toBe(`${origin}/v1/other?a=b`);
	});

	it('follows no redirect', async () => {
		const request = await authenticate(credential, fields, { url: '/v1' });
		expect(request).toMatchObject({ disableFollowRedirect: true, followRedirect: false });
	});
});

/** Any node that lets its user choose a credential and an address, as n8n's HTTP Request does. */
function otherNode(credentialType: string, address: string): INodeType {
	return {
		description: {
			displayName: 'Other Node',
			name: 'otherNode',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Other Node' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credentialType }],
			properties: [],
		} satisfies INodeTypeDescription,
		async execute(this: IExecuteFunctions) {
			const { httpRequestWithAuthentication, requestWithAuthentication } = this.helpers;
			for (const send of [
				async () =>
					await httpRequestWithAuthentication.call(this, credentialType, { url: address }),
				async () => await requestWithAuthentication.call(this, credentialType, { uri: address }),
			]) {
				await send().catch(() => {});
			}
			return [[{ json: {} }]];
		},
	};
}

describe('over the wire', () => {
	let elsewhere: Server;
	let address: string;
	let visits: string[];

	beforeAll(async () => {
		elsewhere = createServer((request, response) => {
			visits.push(`${request.method} ${request.url}`);
			response.end('{}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
		address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		await new Promise((resolve) => elsewhere.close(resolve));
	});
	beforeEach(() => {
		visits = [];
	});

	const BENCHES: GatewayBench[] = [stripeBench, checkoutComBench, paddleBench, flutterwaveBench];
	describe.each(BENCHES.map((bench) => [bench.gateway.displayName, bench] as const))(
		'%s',
		(_name, { gateway, action, credentialType, start }) => {
			it.each([301, 302, 303, 307, 308])('its node does not follow a %i', async (status) => {
				const provider = await start();
				try {
					provider.faults.add({ kind: 'answer', status, headers: { location: `${address}/` } });
					for (const operation of ['get', 'getAll']) {
						const run = runNode(
							action,
							{ resource: 'payment', operation, paymentId: 'pay_1', returnAll: true },
							[{ json: {} }],
							{
								credentials: { [gateway.credentialType]: provider.credential as Fields },
								credentialTypes: [credentialType],
							},
						);
						await run.catch(() => {});
					}
					expect(provider.log.entries.length).toBeGreaterThan(0);
					expect(visits).toEqual([]);
				} finally {
					await provider.close();
				}
			});

			it('gives its key to no other node for another address', async () => {
				const provider = await start();
				try {
					await runNode(otherNode(gateway.credentialType, `${address}/`), {}, [{ json: {} }], {
						credentials: { [gateway.credentialType]: provider.credential as Fields },
						credentialTypes: [credentialType],
					});
					expect(visits).toEqual([]);
				} finally {
					await provider.close();
				}
			});

			it('gives its key to another node for its own address', async () => {
				const provider = await start();
				try {
					const known = `${provider.url}${credentialType.test?.request.url}`;
					const node = otherNode(gateway.credentialType, known);
					await runNode(node, {}, [{ json: {} }], {
						credentials: { [gateway.credentialType]: provider.credential as Fields },
						credentialTypes: [credentialType],
					});
					const key = String(provider.credential[gateway.apiKeyField]);
					const keys = provider.log.entries.map(({ headers }) => headers.authorization);
					expect(keys).toEqual([`Bearer ${key}`, `Bearer ${key}`]);
				} finally {
					await provider.close();
				}
			});
		},
	);

	it.each([301, 302, 303, 307, 308])('the Kommo node does not follow a %i', async (status) => {
		const { kommo, run } = await startKommoAccount();
		try {
			kommo.faults.add({ kind: 'answer', status, headers: { location: `${address}/` } });
			await run('pipeline:getAll').catch(() => {});
			expect(kommo.log.entries.length).toBeGreaterThan(0);
			expect(visits).toEqual([]);
		} finally {
			await kommo.close();
		}
	});

	it('Kommo’s token goes with no other node to another address', async () => {
		const { kommo, credentials } = await startKommoAccount();
		try {
			await runNode(otherNode('kommoPaymentsApi', `${address}/`), {}, [{ json: {} }], credentials);
			expect(visits).toEqual([]);
		} finally {
			await kommo.close();
		}
	});
});
