import type { Response } from 'express';

export interface ValidationError {
	code: string;
	path: string;
	detail: string;
}

export interface ItemProblem {
	request_id: string;
	errors: ValidationError[];
}

/** A refusal in one of Kommo's own shapes; thrown by routes, answered by the error handler. */
export class Problem extends Error {
	constructor(
		readonly status: number,
		readonly body: Record<string, unknown> | string,
	) {
		super(typeof body === 'string' ? body : String(body.detail ?? body.title));
	}

	send(res: Response): void {
		res.status(this.status);
		if (typeof this.body === 'string') {
			res.setHeader('content-type', 'text/plain');
			res.end(this.body);
			return;
		}
		res.setHeader('content-type', 'application/problem+json');
		res.end(JSON.stringify(this.body));
	}
}

const plain = (status: number, title: string, detail: string, more: object = {}) =>
	new Problem(status, {
		title,
		type: `https://httpstatus.es/${status}`,
		status,
		detail,
		...more,
	});

export const emptyBody = () => plain(400, 'Bad Request', 'Request data can not be empty');

export const validationFailed = (items: ItemProblem[]) =>
	new Problem(400, {
		'validation-errors': items,
		title: 'Bad Request',
		type: 'https://httpstatus.es/400',
		status: 400,
		detail: 'Request validation failed',
	});

/** The second 400 shape, keyed by the id of the lead. */
export const invalidRequest = (errors: Record<string, string>) =>
	new Problem(400, {
		errors,
		title: 'Bad Request',
		type: 'https://httpstatus.es/400',
		status: 400,
		detail: 'Invalid request body',
	});

export const unauthorized = () => plain(401, 'Unauthorized', 'Invalid user name or password');
export const paymentRequired = () => plain(402, 'Payment Required', 'Payment required');
export const missingScope = () => plain(403, 'Forbidden', "Client doesn't have the required scope");
export const addressBlocked = () => new Problem(403, '403 Forbidden');
export const notFound = (detail: string) => plain(404, 'Not Found', detail);
export const methodNotAllowed = () => plain(405, 'Method Not Allowed', 'Method Not Allowed');
export const overLimit = (limit = 250) =>
	plain(422, 'Unprocessable Entity', `Limit ${limit} per page`);
export const tooManyRequests = () =>
	plain(
		429,
		'Too Many Requests',
		'You have sent too many requests in a given amount of time. Please try again later.',
		{ retry_after: 300 },
	);
export const internalError = (traceId: string) =>
	new Problem(500, {
		title: 'ErrInternalServer',
		status: 500,
		detail: 'Our team are probably already working on the elimination of the problem',
		trace_id: traceId,
	});
