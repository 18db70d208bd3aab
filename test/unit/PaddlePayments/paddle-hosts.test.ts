import { CredentialAddressError } from '../../../nodes/http/provider-base-url';
import { PaddlePaymentsApi } from '../../../credentials/PaddlePaymentsApi.credentials';
import { paddleHosts } from '../../../nodes/PaddlePayments/paddle-hosts';

const LIVE_KEY = 'pdl_live_apikey_of_the_tests';
const SANDBOX_KEY = 'pdl_sdbx_apikey_of_the_tests';
/** Older keys do not say where they belong. */
const LEGACY_KEY = 'a'.repeat(50);

/** A request as n8n sends it with the credential. */
async function authenticated(credential: Record<string, string>) {
	const { authenticate } = new PaddlePaymentsApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	return await authenticate(credential, { url: '/' });
}

describe('where a Paddle key is sent', () => {
	it.each([
		['live', LIVE_KEY, 'https://api.paddle.com'],
		['live', LEGACY_KEY, 'https://api.paddle.com'],
		['sandbox', ` ${SANDBOX_KEY} `, 'https://sandbox-api.paddle.com'],
		['sandbox', LEGACY_KEY, 'https://sandbox-api.paddle.com'],
	])('%s, %s', async (environment, apiKey, expected) => {
		expect(paddleHosts({ environment, apiKey }).official).toBe(expected);
		const options = await authenticated({ environment, apiKey, baseUrl: '' });
		expect(options).toMatchObject({
			baseURL: expected,
			headers: { authorization: `Bearer ${apiKey.trim()}` },
		});
	});

	it.each([
		['live', SANDBOX_KEY, 'Change Environment to Sandbox'],
		['sandbox', LIVE_KEY, 'Change Environment to Live'],
	])('nowhere when the environment is %s and the key is %s', (environment, apiKey, message) => {
		expect(() => paddleHosts({ environment, apiKey })).toThrow(CredentialAddressError);
		expect(() => paddleHosts({ environment, apiKey })).toThrow(message);
		expect(() => paddleHosts({ environment, apiKey })).not.toThrow(apiKey);
	});

	it('not to the host of the other environment', async () => {
		const credential = {
			environment: 'live',
			apiKey: LIVE_KEY,
			baseUrl: 'https://sandbox-api.paddle.com',
		};
		await expect(authenticated(credential)).rejects.toThrow('Allowed: api.paddle.com');
	});
});
