/** An answer in Stripe's error shape. https://docs.stripe.com/api/errors */
export class StripeError extends Error {
	readonly body: { error: Record<string, unknown> };

	constructor(
		readonly status: number,
		error: { message: string; type?: string; code?: string; param?: string } & Record<
			string,
			unknown
		>,
		readonly headers: Record<string, string> = {},
	) {
		super(error.message);
		this.body = { error: { type: 'invalid_request_error', ...error } };
		if (error.code) {
			this.body.error['doc_url'] =
				`https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`;
		}
	}
}

/** 400 with a code and the parameter it is about. */
export function invalid(message: string, param?: string, code?: string): StripeError {
	return new StripeError(400, { message, ...(param && { param }), ...(code && { code }) });
}

export function parameterMissing(param: string): StripeError {
	return invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
}

export function parameterUnknown(param: string): StripeError {
	return invalid(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
}

/** 404 when the id stands in the path, 400 when it is a parameter. */
export function resourceMissing(
	noun: string,
	id: string,
	param: string,
	status: 400 | 404 = 404,
): StripeError {
	return new StripeError(status, {
		code: 'resource_missing',
		message: `No such ${noun}: '${id}'`,
		param,
	});
}
