/** An answer `{ status: "error", message, data: null }`. The message is all a caller gets. */
export class FlutterwaveError extends Error {
	constructor(
		readonly httpStatus: number,
		message: string,
	) {
		super(message);
	}
}

/** 400. How v3 words its refusals is not documented; the field's name is in them. */
export function invalid(message: string): FlutterwaveError {
	return new FlutterwaveError(400, message);
}
