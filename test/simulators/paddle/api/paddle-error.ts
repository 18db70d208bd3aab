export interface FieldError {
	field: string;
	message: string;
}

/** An answer in Paddle's error shape. https://developer.paddle.com/errors */
export class PaddleError extends Error {
	constructor(
		readonly status: number,
		/** The part of the error reference the code is in: `shared`, `transactions` … */
		readonly area: string,
		readonly code: string,
		readonly detail: string,
		readonly errors?: FieldError[],
		readonly headers: Record<string, string> = {},
	) {
		super(`${code}: ${detail}`);
	}

	body(requestId: string): object {
		return {
			error: {
				type: this.status >= 500 || this.status === 429 ? 'api_error' : 'request_error',
				code: this.code,
				detail: this.detail,
				documentation_url: `https://developer.paddle.com/errors/${this.area}/${this.code}`,
				...(this.errors && { errors: this.errors }),
			},
			meta: { request_id: requestId },
		};
	}
}

/** 400: the request has the right shape, but a value is missing or not allowed. */
export function invalidField(...errors: FieldError[]): PaddleError {
	return new PaddleError(
		400,
		'shared',
		'invalid_field',
		'Request does not pass validation.',
		errors,
	);
}

/** 400: the request has keys or types that the operation does not know. */
export function badRequest(...errors: FieldError[]): PaddleError {
	return new PaddleError(400, 'shared', 'bad_request', 'Invalid request.', errors);
}

export function notFound(noun: string, id: string): PaddleError {
	return new PaddleError(404, 'shared', 'not_found', `${noun} ${id} not found.`);
}

export function forbidden(): PaddleError {
	return new PaddleError(
		403,
		'shared',
		'forbidden',
		"You aren't permitted to perform this request.",
	);
}

export function transactionError(code: string, detail: string): PaddleError {
	return new PaddleError(400, 'transactions', code, detail);
}

export function adjustmentError(code: string, detail: string): PaddleError {
	return new PaddleError(400, 'adjustments', code, detail);
}

export function subscriptionError(code: string, detail: string): PaddleError {
	return new PaddleError(400, 'subscriptions', code, detail);
}

export function notificationError(status: 400 | 409, code: string, detail: string): PaddleError {
	return new PaddleError(status, 'notifications', code, detail);
}
