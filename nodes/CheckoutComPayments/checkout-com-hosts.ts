import { CredentialAddressError, type ProviderHosts } from '../http/provider-base-url';

/** `pl-` marks merchants with a private link. The official SDKs check the same. */
const PREFIX = /^(?:pl-)?[a-z0-9]+$/;

/**
 * Where a credential's key goes: the merchant's own host, `{prefix}.api.checkout.com`. Without a prefix it is the host
 * that all merchants share, which Checkout.com calls legacy but still answers.
 * https://www.checkout.com/docs/developer-resources/api/api-endpoints
 * @throws CredentialAddressError when the prefix cannot be one
 */
export function checkoutComHosts(credential: Readonly<Record<string, unknown>>): ProviderHosts {
	const shared =
		credential['environment'] === 'live' ? 'api.checkout.com' : 'api.sandbox.checkout.com';
	const prefix = prefixOf(credential['prefix']);
	return {
		provider: 'Checkout.com',
		official: prefix === '' ? `https://${shared}` : `https://${prefix}.${shared}`,
		allowed: [shared, `.${shared}`],
	};
}

/** People paste the client ID (`cli_vkuhvk4v…`, whose first eight characters are the prefix) or the whole address. */
function prefixOf(given: unknown): string {
	const text = typeof given === 'string' ? given.trim().toLowerCase() : '';
	if (text === '') return '';
	const [first = ''] = text.replace(/^https:\/\//, '').split('.');
	const prefix = first.replace(/^(?:cli_([a-z0-9]{8})[a-z0-9]*)$/, '$1');
	if (PREFIX.test(prefix)) return prefix;
	throw new CredentialAddressError(
		`"${text}" is not the prefix of a Checkout.com account. It is the first eight characters of your client ID without cli_, for example vkuhvk4v.`,
	);
}
