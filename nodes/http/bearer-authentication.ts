import type { IAuthenticate, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { pinnedRequest } from './pinned-request';
import { providerBaseUrl, type ProviderHosts } from './provider-base-url';

/**
 * Authentication of a credential as a function, not as expressions: n8n would start an isolate for those.
 * It also decides the host, so that no node can send the key anywhere else.
 */
export function bearerAuthentication(
	keyField: string,
	hostsOf: (credential: ICredentialDataDecryptedObject) => ProviderHosts,
	baseUrlField = 'baseUrl',
): IAuthenticate {
	return async (credential, requestOptions) => {
		const origin = providerBaseUrl(credential[baseUrlField], hostsOf(credential));
		return pinnedRequest(requestOptions, origin, credential[keyField]);
	};
}
