/**
 * Where a credential's secret may be sent: the provider's own hosts over https, or a loopback address (tests, demo).
 * Everything else is refused before the secret leaves n8n.
 */
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const WEB_PROTOCOLS = new Set(['http:', 'https:']);

/** The credential names an address that its secret is not sent to; the message says which and why. */
export class CredentialAddressError extends Error {
	override readonly name = 'CredentialAddressError';
}

export interface ProviderHosts {
	provider: string;
	/** Used when the credential names none. */
	official: string;
	/** Hosts that belong to the provider: 'api.stripe.com', or '.kommo.com' for all of its subdomains. */
	allowed: readonly string[];
}

/**
 * The origin to send requests to, without a trailing slash.
 * @param configured the credential's base URL, empty for the official host
 * @throws CredentialAddressError with a sentence for the user when it is no URL, not https, or not the provider's
 */
export function providerBaseUrl(configured: unknown, hosts: ProviderHosts): string {
	const text = typeof configured === 'string' ? configured.trim() : '';
	if (text === '') return hosts.official;
	const url = parseUrl(text, hosts);
	if (url.username !== '' || url.password !== '') {
		throw new CredentialAddressError(
			`The address must not contain a user name or password. Enter only ${url.host}.`,
		);
	}
	if (LOOPBACK_HOSTS.has(url.hostname) && WEB_PROTOCOLS.has(url.protocol)) return url.origin;
	if (url.protocol !== 'https:') {
		throw new CredentialAddressError(
			`The key is sent over https only. Change ${url.protocol}// to https://.`,
		);
	}
	if (url.port !== '' || !hosts.allowed.some((allowed) => isHost(url.hostname, allowed))) {
		throw new CredentialAddressError(
			`${url.host} is not a host of ${hosts.provider}; the key is not sent there. Allowed: ${hosts.allowed.map(forPeople).join(', ')}.`,
		);
	}
	return url.origin;
}

/** Whether an address is on this machine only. */
export function isLoopbackUrl(address: string): boolean {
	return URL.canParse(address) && LOOPBACK_HOSTS.has(new URL(address).hostname);
}

function parseUrl(text: string, hosts: ProviderHosts): URL {
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	if (URL.canParse(withScheme)) return new URL(withScheme);
	throw new CredentialAddressError(
		`"${text}" is not an address. For ${hosts.provider} it looks like ${hosts.official}.`,
	);
}

function isHost(hostname: string, allowed: string): boolean {
	if (!allowed.startsWith('.')) return hostname === allowed;
	return hostname.endsWith(allowed) && hostname.length > allowed.length;
}

function forPeople(allowed: string): string {
	return allowed.startsWith('.') ? `*${allowed}` : allowed;
}
