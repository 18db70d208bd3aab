import { Router, type NextFunction, type Request, type Response } from 'express';
import { newRequestId } from '../ids';
import { CheckoutError, invalid, notFound } from './checkout-error';

export interface ApiCall {
	/** Parameters of the path. */
	params: Record<string, string>;
	query: Record<string, string>;
	/** The parsed JSON body; undefined when there was none. */
	body: unknown;
}

export interface Answer {
	status: number;
	body?: object;
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	handle: (call: ApiCall) => Answer;
}

/** Serves routes; a known path with another method is 405, an unknown path 404. */
export function apiRouter(routes: Route[]): Router {
	const router = Router();
	for (const { method, path, handle } of routes) {
		const register = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
		router[register](path, (req: Request, res: Response) => {
			const { status, body } = handle({
				params: req.params as Record<string, string>,
				query: req.query as Record<string, string>,
				body: parseBody(req),
			});
			send(res, status, body ?? null);
		});
	}
	for (const path of new Set(routes.map((route) => route.path))) {
		router.all(path, (_req: Request, res: Response) => {
			const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
			res.setHeader('Allow', allowed.join(', '));
			throw new CheckoutError(405);
		});
	}
	router.use(() => {
		throw notFound();
	});
	return router;
}

/** Turns what was thrown into an answer; anything unexpected is a 500, as a bug of the simulator. */
export function answerError(
	error: unknown,
	_req: Request,
	res: Response,
	next: NextFunction,
): void {
	if (res.headersSent) return next(error);
	if (error instanceof CheckoutError) return send(res, error.status, error.body);
	console.error(error);
	send(res, 500, null);
}

/** An empty body is undefined. Text that is not JSON is taken to be a 422, another type a 415: neither is documented. */
function parseBody(req: Request): unknown {
	const raw: unknown = req.body;
	if (!Buffer.isBuffer(raw) || raw.length === 0) return undefined;
	if (!req.is('application/json')) throw new CheckoutError(415);
	try {
		return JSON.parse(raw.toString('utf8'));
	} catch {
		throw invalid('request_body_malformed');
	}
}

function send(res: Response, status: number, body: object | null): void {
	res.setHeader('Cko-Request-Id', newRequestId());
	res.setHeader('Cko-Version', '1.0.0');
	res.status(status);
	if (body === null) res.end();
	else res.json(body);
}
