import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Simulation } from '../simulation';
import { FlutterwaveError } from './flutterwave-error';

/** `Authorization: Bearer <secret key>`. The key decides the mode, on one and the same host. */
export function authenticate(modes: Simulation[]): RequestHandler {
	return (req: Request, res: Response, next) => {
		const [, key = ''] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '') ?? [];
		const mode = modes.find(({ secretKey }) => same(key, secretKey));
		if (!mode) return next(new FlutterwaveError(401, 'Authorization required'));
		res.locals['mode'] = mode;
		next();
	};
}

/** The mode that the request's key has chosen. */
export function modeOf(res: Response): Simulation {
	return res.locals['mode'] as Simulation;
}

function same(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
