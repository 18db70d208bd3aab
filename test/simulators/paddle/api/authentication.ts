import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { PaddleError } from './paddle-error';

/**
 * Bearer authentication; the scheme in any case, since the official Node SDK writes `bearer`.
 * Every refusal is a 403. `GET /` also answers without a key.
 * https://developer.paddle.com/api-reference/about/authentication
 */
export function authenticate(apiKey: string): RequestHandler {
	return (req, res, next) => {
		const header = req.headers.authorization;
		if (header === undefined || header === '') {
			if (req.method === 'GET' && req.path === '/') return next();
			return next(refusal('authentication_missing', 'Authentication header missing.'));
		}
		const key = /^bearer ([\x21-\x7e]+)$/i.exec(header)?.[1];
		if (key === undefined) {
			return next(
				refusal(
					'authentication_malformed',
					'Authentication header included, but incorrectly formatted.',
				),
			);
		}
		if (!same(key, apiKey)) return next(refusal('invalid_token', 'Invalid or revoked API key.'));
		res.locals['authenticated'] = true;
		next();
	};
}

function refusal(code: string, detail: string): PaddleError {
	return new PaddleError(403, 'shared', code, detail);
}

function same(a: string, b: string): boolean {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(a), digest(b));
}
