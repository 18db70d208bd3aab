import { newRequestId } from '../ids';

/** An answer that is not a success. 401, 403 and 404 have no body; 422 has machine codes only. */
export class CheckoutError extends Error {
	readonly body: object | null;

	constructor(
		readonly status: number,
		readonly codes: string[] = [],
		type = 'request_invalid',
	) {
		super(`${status} ${codes.join(', ')}`);
		this.body =
			codes.length === 0
				? null
				: { request_id: newRequestId(), error_type: type, error_codes: codes };
	}
}

export function invalid(...codes: string[]): CheckoutError {
	return new CheckoutError(422, [...new Set(codes)]);
}

export function notFound(): CheckoutError {
	return new CheckoutError(404);
}
