import type {
	IAllExecuteFunctions,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { ConnectionError, type HttpRequest, type HttpResponse, type SendHttp } from './http';
import { CredentialAddressError } from './provider-base-url';

/** The longest answer waited for, in ms. */
const TIMEOUT_MS = 30_000;

/** Anything n8n hands to a node that can send requests. */
export type RequestContext = Pick<IAllExecuteFunctions, 'helpers'>;

/**
 * The HTTP port over n8n's own helper. The credential's `authenticate` supplies host and key; redirects are not
 * followed, so that a key never reaches another host.
 */
export function n8nSend(context: RequestContext, credentialType: string): SendHttp {
	return async (request) =>
		await context.helpers.httpRequestWithAuthentication
			.call(context as IAllExecuteFunctions, credentialType, requestOptions(request))
			.then(readResponse, noResponse);
}

/** Statuses are answers here, so whatever n8n throws means that none came, or that nothing was sent at all. */
function noResponse(error: unknown): never {
	const cause = error instanceof Error ? error.cause : undefined;
	// By name: n8n loads credentials apart from nodes, so the class may exist twice.
	if (cause instanceof Error && cause.name === 'CredentialAddressError') {
		throw new CredentialAddressError(cause.message);
	}
	throw new ConnectionError(connectionFailure(error), { cause: error });
}

function requestOptions(request: HttpRequest): IHttpRequestOptions {
	const url = request.query?.length
		? `${request.path}?${new URLSearchParams(pairs(request.query))}`
		: request.path;
	return {
		method: request.method as IHttpRequestMethods,
		url,
		headers: {
			accept: 'application/json',
			...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
			...(request.form === undefined
				? {}
				: { 'content-type': 'application/x-www-form-urlencoded' }),
			...request.headers,
		},
		...(request.json === undefined ? {} : { body: request.json as IDataObject }),
		...(request.form === undefined ? {} : { body: new URLSearchParams(pairs(request.form)) }),
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

function pairs(list: ReadonlyArray<readonly [string, string]>): Array<[string, string]> {
	return list.map(([key, value]) => [key, value]);
}

function readResponse(response: unknown): HttpResponse {
	const { statusCode, headers, body } = response as {
		statusCode: number;
		headers: Record<string, string | string[]>;
		body: unknown;
	};
	return {
		status: statusCode,
		headers: Object.fromEntries(
			Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
		),
		body: body ?? '',
	};
}

function connectionFailure(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	const code = (error as { code?: unknown } | null)?.code;
	return typeof code === 'string' && !message.includes(code) ? `${message} (${code})` : message;
}
