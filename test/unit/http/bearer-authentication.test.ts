import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { bearerAuthentication } from '../../../nodes/http/bearer-authentication';
import { CredentialAddressError } from '../../../nodes/http/provider-base-url';

const hosts = (environment: string) => ({
	provider: 'Acme',
	official: `https://${environment}.acme.example`,
	allowed: [`${environment}.acme.example`],
});

const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
};

async function authenticated(
	credential: ICredentialDataDecryptedObject,
	request: Partial<IHttpRequestOptions> = {},
	baseUrlField?: string,
): Promise<IHttpRequestOptions> {
	const authenticate = bearerAuthentication(
		'secretKey',
		({ environment }) => hosts(String(environment ?? 'live')),
		baseUrlField,
	);
	if (typeof authenticate !== 'function') throw new Error('It is to be a function.');
	return await authenticate(credential, { url: '/v1/account', ...request });
}

describe('bearer authentication', () => {
	it('adds key and host, and keeps the rest of the request', async () => {
		const request = { method: 'POST' as const, headers: { accept: 'text/plain' }, body: { a: 1 } };
		expect(await authenticated({ secretKey: 'the-key' }, request)).toEqual({
			url: '/v1/account',
			method: 'POST',
			body: { a: 1 },
			baseURL: 'https://live.acme.example',
			headers: { accept: 'text/plain', authorization: 'Bearer the-key' },
			...NO_REDIRECTS,
		});
	});

	it('leaves the request that it was given alone', async () => {
		const headers = { accept: 'text/plain' };
		await authenticated({ secretKey: 'the-key' }, { headers });
		expect(headers).toEqual({ accept: 'text/plain' });
	});

	it.each([
		[' the-key\n', 'Bearer the-key'],
		['', 'Bearer '],
		[undefined, 'Bearer '],
		[42, 'Bearer '],
	])('makes of the key %j the header %j', async (secretKey, authorization) => {
		const { headers } = await authenticated({ secretKey } as ICredentialDataDecryptedObject);
		expect(headers).toEqual({ authorization });
	});

	it('lets the credential choose between hosts', async () => {
		const { baseURL } = await authenticated({ secretKey: 'k', environment: 'sandbox' });
		expect(baseURL).toBe('https://sandbox.acme.example');
	});

	it('overrules the host of a request', async () => {
		const { baseURL } = await authenticated(
			{ secretKey: 'k' },
			{ baseURL: 'https://elsewhere.example' },
		);
		expect(baseURL).toBe('https://live.acme.example');
	});

	it.each([
		'https://elsewhere.example',
		'http://live.acme.example',
		'https://sandbox.acme.example',
	])('gives no key to %s', async (baseUrl) => {
		await expect(authenticated({ secretKey: 'k', baseUrl })).rejects.toThrow(
			CredentialAddressError,
		);
	});

	it('reads the address from the field it is told', async () => {
		const fields = { secretKey: 'k', accountUrl: 'http://127.0.0.1:4001/path' };
		const { baseURL } = await authenticated(fields, {}, 'accountUrl');
		expect(baseURL).toBe('http://127.0.0.1:4001');
	});
});
