import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { RequestContext } from '../http/n8n-send';
import { kommoBaseUrl } from './kommo-hosts';

/**
 * Requests with the OAuth2 credential. Such a credential can't add the account's address itself, and n8n renews an
 * expired token only when a 401 is thrown rather than returned.
 */
export function oauth2Requests(context: RequestContext, accountUrl: unknown): RequestContext {
	const baseURL = kommoBaseUrl(accountUrl);
	async function send(
		this: unknown,
		credentialType: string,
		options: IHttpRequestOptions,
	): Promise<unknown> {
		const sent = context.helpers.httpRequestWithAuthentication.call(
			context as IAllExecuteFunctions,
			credentialType,
			{ ...options, baseURL, ignoreHttpStatusErrors: { ignore: true, except: [401] } },
		);
		return await sent.catch((error: unknown) => {
			if (!isUnauthorized(error)) throw error;
			return { statusCode: 401, headers: {}, body: '' };
		});
	}
	return { helpers: { ...context.helpers, httpRequestWithAuthentication: send } };
}

function isUnauthorized(error: unknown): boolean {
	return String((error as { httpCode?: unknown } | null)?.httpCode) === '401';
}
