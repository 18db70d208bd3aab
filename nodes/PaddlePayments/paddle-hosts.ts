import { CredentialAddressError, type ProviderHosts } from '../http/provider-base-url';

const LIVE = 'https://api.paddle.com';
const SANDBOX = 'https://sandbox-api.paddle.com';

/**
 * Where a Paddle key may be sent. Live and sandbox are accounts of their own, and keys made since May 2025 say which of
 * them they belong to: https://developer.paddle.com/api-reference/about/authentication
 * @throws CredentialAddressError when the key and the environment of the credential do not belong together
 */
export function paddleHosts({
	apiKey,
	environment,
}: Readonly<Record<string, unknown>>): ProviderHosts {
	const live = environment !== 'sandbox';
	const key = typeof apiKey === 'string' ? apiKey.trim() : '';
	if (live && key.startsWith('pdl_sdbx_')) {
		throw new CredentialAddressError(
			'This API key belongs to a Paddle sandbox account (pdl_sdbx_…), but the environment is Live. Change Environment to Sandbox, or enter a live key (pdl_live_…).',
		);
	}
	if (!live && key.startsWith('pdl_live_')) {
		throw new CredentialAddressError(
			'This API key belongs to a live Paddle account (pdl_live_…), but the environment is Sandbox. Change Environment to Live, or enter a sandbox key (pdl_sdbx_…).',
		);
	}
	const official = live ? LIVE : SANDBOX;
	return { provider: 'Paddle', official, allowed: [new URL(official).host] };
}
