import type { IHttpRequestOptions } from 'n8n-workflow';
import { ConnectionError, type HttpRequest } from '../../../nodes/http/http';
import { n8nSend, type RequestContext } from '../../../nodes/http/n8n-send';
import { CredentialAddressError } from '../../../nodes/http/provider-base-url';

type Answer = (options: IHttpRequestOptions) => unknown;

/** n8n, as far as requests are concerned: remembers what it was asked to send. */
class N8n {
	readonly sent: Array<{ credentialType: string; options: IHttpRequestOptions; self: unknown }> =
		[];

	constructor(
		private readonly answer: Answer = () => ({ statusCode: 200, headers: {}, body: {} }),
	) {}

	readonly context = {
		helpers: {
			httpRequestWithAuthentication: async function (
				this: { n8n: N8n },
				credentialType: string,
				options: IHttpRequestOptions,
			) {
				const { n8n } = this;
				n8n.sent.push({ credentialType, options, self: this });
				return await Promise.resolve(n8n.answer(options));
			},
		},
		n8n: this,
	} as unknown as RequestContext;

	async send(request: HttpRequest) {
		return await n8nSend(this.context, 'acmeApi')(request);
	}

	get options(): IHttpRequestOptions {
		const [first] = this.sent;
		if (!first) throw new Error('Nothing was sent.');
		return first.options;
	}
}

describe('a request through n8n', () => {
	it('is sent with the credential, on behalf of the node', async () => {
		const n8n = new N8n();
		await n8n.send({ method: 'GET', path: '/v1/account' });
		expect(n8n.sent).toEqual([
			expect.objectContaining({ credentialType: 'acmeApi', self: n8n.context }),
		]);
	});

	it('asks for every status as an answer, follows no redirect and does not wait for ever', async () => {
		const n8n = new N8n();
		await n8n.send({ method: 'GET', path: '/v1/account' });
		expect(n8n.options).toEqual({
			method: 'GET',
			url: '/v1/account',
			headers: { accept: 'application/json' },
			timeout: 30_000,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
	});

	it('writes the query in the provider’s notation', async () => {
		const n8n = new N8n();
		await n8n.send({
			method: 'GET',
			path: '/leads',
			query: [
				['filter[id][]', '7'],
				['filter[id][]', '8'],
				['query', 'a&b=c é'],
			],
		});
		const url = new URL(`https://acme.example${n8n.options.url}`);
		expect(url.pathname).toBe('/leads');
		expect([...url.searchParams]).toEqual([
			['filter[id][]', '7'],
			['filter[id][]', '8'],
			['query', 'a&b=c é'],
		]);
	});

	it('has no question mark without a query', async () => {
		const n8n = new N8n();
		await n8n.send({ method: 'GET', path: '/leads', query: [] });
		expect(n8n.options.url).toBe('/leads');
	});

	it('carries JSON', async () => {
		const n8n = new N8n();
		await n8n.send({ method: 'PATCH', path: '/leads', json: [{ id: 7 }] });
		expect(n8n.options).toMatchObject({
			method: 'PATCH',
			body: [{ id: 7 }],
			headers: { 'content-type': 'application/json' },
		});
	});

	it('carries a form', async () => {
		const n8n = new N8n();
		await n8n.send({
			method: 'POST',
			path: '/v1/links',
			form: [
				['expand[]', 'a'],
				['expand[]', 'b'],
			],
		});
		expect(String(n8n.options.body)).toBe('expand%5B%5D=a&expand%5B%5D=b');
		expect(n8n.options.headers).toMatchObject({
			'content-type': 'application/x-www-form-urlencoded',
		});
	});

	it('lets its own headers overrule ours', async () => {
		const n8n = new N8n();
		const headers = { accept: 'text/plain', 'idempotency-key': 'k' };
		await n8n.send({ method: 'POST', path: '/', json: {}, headers });
		expect(n8n.options.headers).toEqual({ 'content-type': 'application/json', ...headers });
	});
});

describe('the answer', () => {
	it('has its status, lower-case headers and body', async () => {
		const n8n = new N8n(() => ({
			statusCode: 404,
			headers: { 'Retry-After': '3', 'SET-cookie': ['a', 'b'], age: 5 },
			body: { error: 'gone' },
		}));
		await expect(n8n.send({ method: 'GET', path: '/' })).resolves.toEqual({
			status: 404,
			headers: { 'retry-after': '3', 'set-cookie': 'a,b', age: '5' },
			body: { error: 'gone' },
		});
	});

	it.each([undefined, null])('has an empty text for the body %p', async (body) => {
		const n8n = new N8n(() => ({ statusCode: 204, headers: undefined, body }));
		await expect(n8n.send({ method: 'GET', path: '/' })).resolves.toEqual({
			status: 204,
			headers: {},
			body: '',
		});
	});
});

describe('when no answer comes', () => {
	const failing = (error: unknown) =>
		new N8n(() => {
			throw error;
		}).send({ method: 'GET', path: '/' });

	it.each<[string, unknown, string]>([
		['the message', new Error('socket hang up'), 'socket hang up'],
		[
			'the code where the message lacks it',
			Object.assign(new Error('The connection timed out'), { code: 'ETIMEDOUT' }),
			'The connection timed out (ETIMEDOUT)',
		],
		[
			'the code once',
			Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
			'connect ECONNREFUSED',
		],
		['whatever was thrown', 'broken', 'broken'],
		['nothing', null, 'null'],
	])('the error tells %s', async (_name, thrown, message) => {
		const attempt = failing(thrown);
		await expect(attempt).rejects.toThrow(ConnectionError);
		await expect(attempt).rejects.toMatchObject({ message, cause: thrown });
	});

	it('because the credential names a wrong host, that is what is told', async () => {
		// n8n loads credentials apart from nodes, so that it is another class of the same name.
		class OtherCredentialAddressError extends Error {
			override readonly name = 'CredentialAddressError';
		}
		for (const cause of [
			new CredentialAddressError('Not a host of Acme.'),
			new OtherCredentialAddressError('Not a host of Acme.'),
		]) {
			const attempt = failing(new Error('wrapped by n8n', { cause }));
			await expect(attempt).rejects.toThrow(CredentialAddressError);
			await expect(attempt).rejects.toThrow('Not a host of Acme.');
		}
	});
});
