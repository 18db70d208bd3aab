import axios from 'axios';
import { ConnectionError, type HttpRequest, type SendHttp } from '../../nodes/http/http';

/** The HTTP port over axios, as n8n's helper is: for tests of gateways outside of n8n. */
export function axiosSend(baseUrl: string, bearerKey: string): SendHttp {
	return async (request) => {
		try {
			const { status, headers, data } = await axios.request<unknown>({
				baseURL: baseUrl,
				method: request.method,
				url: request.path,
				params: request.query && parameters(request.query),
				data: bodyOf(request),
				headers: {
					accept: 'application/json',
					authorization: `Bearer ${bearerKey}`,
					...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
					...request.headers,
				},
				maxRedirects: 0,
				validateStatus: () => true,
			});
			return {
				status,
				headers: Object.fromEntries(
					Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
				),
				body: data ?? '',
			};
		} catch (error) {
			throw new ConnectionError(error instanceof Error ? error.message : String(error), {
				cause: error,
			});
		}
	};
}

/** axios sends URLSearchParams as application/x-www-form-urlencoded. */
function bodyOf({ json, form }: HttpRequest): string | URLSearchParams | undefined {
	if (form !== undefined) return parameters(form);
	return json === undefined ? undefined : JSON.stringify(json);
}

function parameters(pairs: ReadonlyArray<readonly [string, string]>): URLSearchParams {
	return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]));
}
