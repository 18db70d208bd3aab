import type { IHttpRequestOptions } from 'n8n-workflow';
import { CredentialAddressError } from './provider-base-url';

/** How n8n's older request helper, which the HTTP Request node still uses, says the same. */
interface OlderOptions {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
}

/**
 * A request with the key, to the credential's own origin and nowhere else. Our nodes name nothing but paths; other nodes
 * may use the credential too, and send it to whatever address their user has typed in.
 * @throws CredentialAddressError when the request names another host
 */
export function pinnedRequest(
	options: IHttpRequestOptions,
	origin: string,
	key: unknown,
): IHttpRequestOptions {
	const { uri, ...rest }: IHttpRequestOptions & OlderOptions = options;
	const pinned: IHttpRequestOptions & OlderOptions = {
		...rest,
		url: urlAt(origin, uri ?? options.url),
		baseURL: origin,
		headers: {
			...options.headers,
			authorization: `Bearer ${typeof key === 'string' ? key.trim() : ''}`,
		},
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
	};
	return pinned;
}

/** A path as it is; a whole address as it was checked, so that nobody reads it differently later. */
function urlAt(origin: string, named: string): string {
	if (/^\/(?![/\\])/.test(named)) return named;
	if (/^https?:\/\//i.test(named) && URL.canParse(named)) {
		const url = new URL(named);
		if (url.origin === origin && url.username === '' && url.password === '') return url.href;
	}
	throw new CredentialAddressError(
		`This credential is only for ${new URL(origin).host}; its key is not sent anywhere else.`,
	);
}
