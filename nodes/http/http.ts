/** The HTTP port: what gateways and the Kommo client need of a transport. They never see credentials or hosts. */

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
	method: HttpMethod;
	/** Path from the provider's root, with a leading slash; the credential supplies the host. */
	path: string;
	/** Already in the provider's notation, e.g. [['filter[id][]', '7']]. */
	query?: ReadonlyArray<readonly [string, string]>;
	/** Sent as JSON. */
	json?: unknown;
	/** Sent as application/x-www-form-urlencoded. */
	form?: ReadonlyArray<readonly [string, string]>;
	headers?: Readonly<Record<string, string>>;
	/** True when sending it twice has the effect of sending it once (an idempotency key, a PUT). GETs always are. */
	idempotent?: boolean;
}

export interface HttpResponse {
	status: number;
	/** Lower-case names. */
	headers: Readonly<Record<string, string>>;
	/** Parsed when it was JSON, text otherwise, '' when empty. */
	body: unknown;
}

/**
 * Sends one request with the credential's authentication. Resolves for every status.
 * @throws ConnectionError when no answer came: whether the request was carried out is unknown
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** No answer: the host could not be reached, the connection broke, or it took too long. */
export class ConnectionError extends Error {
	override readonly name = 'ConnectionError';
}

/** A refusal by a provider, in words for an ops manager. */
export class ApiError extends Error {
	override readonly name = 'ApiError';

	/** @param details.hint what to do next */
	constructor(
		message: string,
		readonly details: {
			hint?: string;
			status: number;
			requestId?: string | null;
			/** The provider's own error code. */
			code?: string | null;
			/** The parameter the provider names, in its notation. */
			parameter?: string | null;
			cause?: unknown;
		},
	) {
		super(message, { cause: details.cause });
	}
}
