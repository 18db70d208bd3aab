import { checkoutComHosts } from '../../../nodes/CheckoutComPayments/checkout-com-hosts';
import { CheckoutComPaymentsApi } from '../../../credentials/CheckoutComPaymentsApi.credentials';
import { providerBaseUrl } from '../../../nodes/http/provider-base-url';

const address = (credential: Record<string, string>) =>
	providerBaseUrl(credential['baseUrl'], checkoutComHosts(credential));

describe('where the Checkout.com key is sent', () => {
	it.each([
		['live', 'vkuhvk4v', 'https://vkuhvk4v.api.checkout.com'],
		['sandbox', 'vkuhvk4v', 'https://vkuhvk4v.api.sandbox.checkout.com'],
		['sandbox', ' VKUHVK4V ', 'https://vkuhvk4v.api.sandbox.checkout.com'],
		['live', 'pl-vkuhvk4v', 'https://pl-vkuhvk4v.api.checkout.com'],
		['live', 'cli_vkuhvk4vjn2edkps7dfsq6emqm', 'https://vkuhvk4v.api.checkout.com'],
		['live', 'https://vkuhvk4v.api.checkout.com/', 'https://vkuhvk4v.api.checkout.com'],
		['live', '', 'https://api.checkout.com'],
		['sandbox', '', 'https://api.sandbox.checkout.com'],
	])('in %s with the prefix "%s" is %s', (environment, prefix, expected) => {
		expect(address({ environment, prefix, baseUrl: '' })).toBe(expected);
	});

	it.each([
		['live', 'https://other123.api.checkout.com'],
		['live', 'https://api.checkout.com'],
		['sandbox', 'https://other123.api.sandbox.checkout.com'],
		['live', 'http://127.0.0.1:9000'],
	])('in %s may be overruled with %s', (environment, baseUrl) => {
		expect(address({ environment, prefix: 'vkuhvk4v', baseUrl })).toBe(baseUrl);
	});

	it.each([
		['live', 'https://vkuhvk4v.api.sandbox.checkout.com'],
		['sandbox', 'https://vkuhvk4v.api.checkout.com'],
		['live', 'https://api.checkout.com.example.com'],
		['live', 'https://evil-api.checkout.com'],
		['live', 'https://example.com'],
	])('in %s is never %s', (environment, baseUrl) => {
		expect(() => address({ environment, prefix: '', baseUrl })).toThrow('the key is not sent');
	});

	it.each(['vkuh/vk4v', 'evil@example', '-', 'a b', 'cli_', 'example#'])(
		'is nowhere while the prefix is "%s"',
		(prefix) => {
			expect(() => address({ environment: 'live', prefix, baseUrl: '' })).toThrow(
				'not the prefix of a Checkout.com account',
			);
		},
	);

	it('leaves the last character of the key as it is, whatever it is', async () => {
		const { authenticate } = new CheckoutComPaymentsApi();
		if (typeof authenticate !== 'function') throw new Error('expected a function');
		const secretKey = `sk_sbox_${'a'.repeat(26)}#`;
		const credential = { environment: 'sandbox', prefix: 'vkuhvk4v', secretKey: ` ${secretKey}\n` };
		expect(await authenticate(credential, { url: '/payments' })).toMatchObject({
			baseURL: 'https://vkuhvk4v.api.sandbox.checkout.com',
			headers: { authorization: `Bearer ${secretKey}` },
		});
	});
});
