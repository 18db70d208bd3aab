import fc from 'fast-check';
import {
	CredentialAddressError,
	isLoopbackUrl,
	providerBaseUrl,
	type ProviderHosts,
} from '../../../nodes/http/provider-base-url';

const STRIPE: ProviderHosts = {
	provider: 'Stripe',
	official: 'https://api.stripe.com',
	allowed: ['api.stripe.com'],
};
const KOMMO: ProviderHosts = {
	provider: 'Kommo',
	official: 'https://www.kommo.com',
	allowed: ['.kommo.com', 'kommo.example'],
};

describe('a key is sent to', () => {
	it.each<[unknown, ProviderHosts, string]>([
		['', STRIPE, 'https://api.stripe.com'],
		['   ', STRIPE, 'https://api.stripe.com'],
		[undefined, STRIPE, 'https://api.stripe.com'],
		[null, STRIPE, 'https://api.stripe.com'],
		[42, STRIPE, 'https://api.stripe.com'],
		['https://api.stripe.com', STRIPE, 'https://api.stripe.com'],
		['api.stripe.com', STRIPE, 'https://api.stripe.com'],
		[' HTTPS://API.Stripe.COM/v1/?a=b#c ', STRIPE, 'https://api.stripe.com'],
		['https://api.stripe.com:443', STRIPE, 'https://api.stripe.com'],
		['https://acme.kommo.com/leads/list/', KOMMO, 'https://acme.kommo.com'],
		['acme.kommo.com', KOMMO, 'https://acme.kommo.com'],
		['https://a.b.kommo.com', KOMMO, 'https://a.b.kommo.com'],
		['https://kommo.example', KOMMO, 'https://kommo.example'],
		// Full-width letters and an ideographic stop are the same name to every resolver.
		['https://ａcme。kommo.com', KOMMO, 'https://acme.kommo.com'],
	])('%p of %o', (configured, hosts, baseUrl) => {
		expect(providerBaseUrl(configured, hosts)).toBe(baseUrl);
	});

	it.each([
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://localhost:4010/base', 'http://localhost:4010'],
		['https://localhost', 'https://localhost'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
		// Other ways to write 127.0.0.1.
		['http://127.1', 'http://127.0.0.1'],
		['http://2130706433', 'http://127.0.0.1'],
		['http://0x7f.0.0.1', 'http://127.0.0.1'],
	])('this machine, for tests and the demo: %s', (configured, baseUrl) => {
		expect(providerBaseUrl(configured, STRIPE)).toBe(baseUrl);
		expect(isLoopbackUrl(configured)).toBe(true);
	});
});

describe('a key is never sent to', () => {
	it.each([
		'https://evil.example',
		'https://api.stripe.com.evil.example',
		'https://evilapi.stripe.com',
		'https://sub.api.stripe.com',
		'https://stripe.com',
		'https://api-stripe.com',
		'https://evil.example/api.stripe.com',
		'https://evil.example?api.stripe.com',
		'https://evil.example#api.stripe.com',
		'https://evil.example\\@api.stripe.com',
		'https://api.stripe.com\t.evil.example',
		'//evil.example',
		'https://api.stripe.com:8443',
		'https://api.stripe.com:80',
		'https://api.stripe.com.',
		// Cyrillic р in stripe.
		'https://api.striрe.com',
		'https://0.0.0.0',
		'https://127.0.0.2',
		'https://10.0.0.1',
		'https://169.254.169.254',
		'https://[::ffff:127.0.0.1]',
		'https://[::]',
		'https://localhost.',
		'https://localhost.evil.example',
		'https://127.0.0.1.evil.example',
	])('%s', (configured) => {
		expect(() => providerBaseUrl(configured, STRIPE)).toThrow('is not a host of Stripe');
	});

	it.each([
		'https://evilkommo.com',
		'https://kommo.com',
		'https://.kommo.com',
		'https://acme.kommo.com.evil.example',
		'https://acme.kommo.com.',
		'https://acme.kommo.com:444',
		'https://acme.kommо.com',
	])('%s, which only looks like an account', (configured) => {
		expect(() => providerBaseUrl(configured, KOMMO)).toThrow(
			'is not a host of Kommo; the key is not sent there. Allowed: *.kommo.com, kommo.example.',
		);
	});

	it.each([
		'http://api.stripe.com',
		'http://evil.example',
		'ftp://localhost',
		'ws://127.0.0.1:1234',
		'file://localhost/etc/passwd',
		'javascript://localhost/%0aalert(1)',
		'gopher://127.0.0.1',
		'ftp://api.stripe.com',
	])('%s: the web is spoken, and over https', (configured) => {
		expect(() => providerBaseUrl(configured, STRIPE)).toThrow(/sent over https only/);
	});

	it.each([
		'https://user:pass@api.stripe.com',
		'https://user@api.stripe.com',
		'https://:pass@api.stripe.com',
		'https://api.stripe.com@evil.example',
		'http://user:pass@localhost:4010',
	])('%s: an address with a login is refused without repeating it', (configured) => {
		expect(() => providerBaseUrl(configured, STRIPE)).toThrow(
			'must not contain a user name or password',
		);
		expect(() => providerBaseUrl(configured, STRIPE)).not.toThrow('pass@');
	});

	it.each([
		'https://',
		'https://api stripe com',
		'http:evil.example',
		'https://api.stripe.com:99999',
		'https://[::1',
		'https://%',
	])('%s: that is no address', (configured) => {
		expect(() => providerBaseUrl(configured, STRIPE)).toThrow(
			'is not an address. For Stripe it looks like https://api.stripe.com.',
		);
	});

	it('any host that is neither the provider’s nor this machine', () => {
		const text = fc.oneof(
			fc.webUrl({ withFragments: true, withQueryParameters: true }),
			fc.string(),
		);
		fc.assert(
			fc.property(text, (configured) => {
				let baseUrl: string;
				try {
					baseUrl = providerBaseUrl(configured, KOMMO);
				} catch (error) {
					expect(error).toBeInstanceOf(CredentialAddressError);
					return;
				}
				const { protocol, hostname, port } = new URL(baseUrl);
				if (isLoopbackUrl(baseUrl)) expect(protocol).toMatch(/^https?:$/);
				else {
					expect([protocol, port]).toEqual(['https:', '']);
					expect(hostname).toMatch(/(^|\.)kommo\.(com|example)$/);
				}
			}),
		);
	});
});

describe('isLoopbackUrl', () => {
	it.each(['https://api.stripe.com', 'http://localhost.evil.example', 'localhost', '', 'nonsense'])(
		'%p is not on this machine',
		(address) => expect(isLoopbackUrl(address)).toBe(false),
	);
});
