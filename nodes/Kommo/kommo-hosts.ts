import { CredentialAddressError, providerBaseUrl } from '../http/provider-base-url';

/** The account's own address; Kommo does not serve the API on a common host. */
const HOSTS = {
	provider: 'Kommo',
	official: 'https://your-account.kommo.com',
	allowed: ['.kommo.com', '.amocrm.ru', '.amocrm.com'],
} as const;

/**
 * The origin of an account.
 * @param accountUrl as in the browser's address bar; what follows the host is cut off
 * @throws CredentialAddressError with a sentence for the user when it is missing or not a host of Kommo
 */
export function kommoBaseUrl(accountUrl: unknown): string {
	if (typeof accountUrl !== 'string' || accountUrl.trim() === '') {
		throw new CredentialAddressError(
			`The credential has no account address. Enter what stands in the browser when Kommo is open, for example ${HOSTS.official}.`,
		);
	}
	return providerBaseUrl(accountUrl, HOSTS);
}
