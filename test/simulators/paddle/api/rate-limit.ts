import type { RequestHandler } from 'express';
import type { Simulation } from '../simulation';
import { PaddleError } from './paddle-error';

const MINUTE = 60_000;

/** 240 requests a minute from one address, then nothing for a minute. https://developer.paddle.com/api-reference/about/rate-limiting */
export function rateLimit({ settings, now }: Simulation): RequestHandler {
	let recent: number[] = [];
	let blockedUntil = 0;
	return (_req, _res, next) => {
		const limit = settings.requestsPerMinute;
		if (limit === null) return next();
		const at = now();
		if (at < blockedUntil) return next(tooMany(blockedUntil - at));
		recent = recent.filter((time) => time > at - MINUTE);
		if (recent.length >= limit) {
			blockedUntil = at + MINUTE;
			recent = [];
			return next(tooMany(MINUTE));
		}
		recent.push(at);
		next();
	};
}

/** 429. @param forMs how long nothing will be served */
export function tooMany(forMs: number): PaddleError {
	return new PaddleError(
		429,
		'shared',
		'too_many_requests',
		'IP address exceeded the allowed rate limit. Retry after the number of seconds in the Retry-After header.',
		undefined,
		{ 'Retry-After': String(Math.ceil(forMs / 1000)) },
	);
}
