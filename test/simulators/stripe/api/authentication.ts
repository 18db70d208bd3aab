import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { StripeError } from './stripe-error';

/** Bearer token, or Basic with the key as user. https://docs.stripe.com/api/authentication */
export function authenticate(secretKey: string): RequestHandler {
	return (req, _res, next) => {
		const key = readKey(req);
		if (key === null) {
			return next(
				new StripeError(401, {
					message:
						"You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
				}),
			);
		}
		if (!same(key, secretKey)) {
			return next(new StripeError(401, { message: `Invalid API Key provided: ${masked(key)}` }));
		}
		next();
	};
}

function readKey(req: Request): string | null {
	const [scheme = '', value = ''] = (req.headers.authorization ?? '').split(' ');
	if (scheme.toLowerCase() === 'bearer' && value !== '') return value;
	if (scheme.toLowerCase() !== 'basic') return null;
	return Buffer.from(value, 'base64').toString('utf8').split(':')[0] || null;
}

function same(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}

function masked(key: string): string {
	return key.length > 12 ? `${key.slice(0, 8)}****${key.slice(-4)}` : '****';
}
