import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Simulation } from '../simulation';
import { modeOf } from './authentication';
import { FlutterwaveError, invalid } from './flutterwave-error';

export interface ApiCall {
	simulation: Simulation;
	/** The id in the path, '' when there is none. */
	id: string;
	query: Record<string, string>;
	body: Record<string, unknown>;
}

/** What stands beside `status: "success"`; `data` is left out where the real answer has none. */
export interface Answer {
	message: string;
	meta?: object;
	data?: unknown;
}

export interface Route {
	method: 'get' | 'post' | 'put';
	/** Express path under /v3 with at most one parameter, `:id`. */
	path: string;
	handle: (call: ApiCall) => Answer;
}

/** Serves routes in Flutterwave's envelope; webhooks leave once the answer is out. */
export function apiRouter(routes: Route[]): Router {
	const router = Router();
	for (const { method, path, handle } of routes) {
		router[method](`/v3${path}`, (req: Request, res: Response) => {
			const simulation = modeOf(res);
			const call: ApiCall = {
				simulation,
				id: String(req.params['id'] ?? ''),
				query: Object.fromEntries(new URLSearchParams(req.originalUrl.split(/\?(.*)/s)[1] ?? '')),
				body: method === 'get' ? {} : jsonBody(req),
			};
			const { value, send } = simulation.hooks.collect(() => handle(call));
			res.once('close', send);
			res.status(200).json({ status: 'success', ...value });
		});
	}
	router.use((req: Request) => {
		throw new FlutterwaveError(404, `Cannot ${req.method} ${req.path}`);
	});
	return router;
}

/** Turns what was thrown into the error envelope; anything unexpected is a 500, as a bug of the simulator. */
export function answerError(
	error: unknown,
	_req: Request,
	res: Response,
	next: NextFunction,
): void {
	if (res.headersSent) return next(error);
	const known =
		error instanceof FlutterwaveError ? error : new FlutterwaveError(500, String(error));
	res.status(known.httpStatus).json({ status: 'error', message: known.message, data: null });
}

function jsonBody(req: Request): Record<string, unknown> {
	const raw: unknown = req.body;
	if (!Buffer.isBuffer(raw) || raw.length === 0) return {};
	if (!req.is('application/json')) throw invalid('Content-Type must be application/json');
	let body: unknown;
	try {
		body = JSON.parse(raw.toString('utf8'));
	} catch {
		throw invalid('The body is not valid JSON');
	}
	if (!isRecord(body)) throw invalid('The body must be an object');
	return body;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
