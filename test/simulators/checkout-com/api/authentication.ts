import { timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Simulation } from '../simulation';
import { CheckoutError } from './checkout-error';

/** From the official SDKs; the last character may be one of `*#$=`. */
export const KEY_PATTERN = {
	live: /^sk_?[a-z2-7]{26}[a-z2-7*#$=]$/,
	sandbox: /^sk_sbox_?[a-z2-7]{26}[a-z2-7*#$=]$/,
};

/** `Authorization: Bearer sk_…`; a bare key, a public key or one of the other environment is 401 without a body. */
export function authenticate(simulation: Simulation): RequestHandler {
	const pattern = simulation.sandbox ? KEY_PATTERN.sandbox : KEY_PATTERN.live;
	return (req, _res, next) => {
		const [, key = ''] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '') ?? [];
		if (!pattern.test(key) || !same(key, simulation.secretKey)) {
			return next(new CheckoutError(401));
		}
		if (!simulation.settings.keyMayUseWorkflows && /^\/workflows(\/|$)/.test(req.path)) {
			return next(new CheckoutError(403));
		}
		next();
	};
}

function same(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
