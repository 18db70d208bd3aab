import { randomUUID } from 'node:crypto';
import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Simulation } from '../simulation';
import { checkBody } from './body-check';
import { operation, type Parameter, type Schema } from './openapi';
import { badRequest, forbidden, PaddleError } from './paddle-error';
import type { Page } from './paging';
import { Query } from './query';

export interface Call<Body = Record<string, unknown>> {
	/** Ids in the path, by the names they have in the OpenAPI document. */
	ids: Record<string, string>;
	body: Body;
	query: Query;
	/** The operation's full URL, without a query. */
	url: string;
	authenticated: boolean;
}

/** What to answer: an entity, a list, one page of a list, or nothing (204). */
export interface Answer {
	status: number;
	data?: object;
	page?: Page<object>;
}

export interface Route {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** As in the OpenAPI document: `/customers/{customer_id}`. */
	path: string;
	handle: (call: Call) => Answer;
	/** For what is newer than the document. */
	permissions?: string[];
	/** Query parameters that are newer than the document. */
	newParameters?: string[];
	body?: Schema;
}

/** A route whose body, once validated, has the given type. */
export function route<Body>(
	method: Route['method'],
	path: string,
	handle: (call: Call<Body>) => Answer,
	newer: Pick<Route, 'permissions' | 'newParameters' | 'body'> = {},
): Route {
	return { method, path, handle: (call) => handle(call as Call<Body>), ...newer };
}

export const ok = (data: object): Answer => ({ status: 200, data });
export const created = (data: object): Answer => ({ status: 201, data });
export const list = (page: Page<object>): Answer => ({ status: 200, page });

/** Serves routes with Paddle's envelope: permissions, validation by the OpenAPI document, events after the answer. */
export function apiRouter(simulation: Simulation, routes: Route[]): Router {
	const router = Router();
	for (const definition of routes) {
		const method = definition.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
		const respond = answering(simulation, definition);
		router[method](definition.path.replace(/\{(\w+)\}/g, ':$1'), respond);
	}
	router.use(() => {
		throw new PaddleError(404, 'shared', 'invalid_url', 'Request made to an invalid URL.');
	});
	return router;
}

/** Turns errors into Paddle's error body. */
export function errorBody(error: unknown, _req: Request, res: Response, next: NextFunction): void {
	if (res.headersSent) return next(error);
	const known =
		error instanceof PaddleError
			? error
			: new PaddleError(500, 'shared', 'internal_error', String(error));
	for (const [name, value] of Object.entries(known.headers)) res.setHeader(name, value);
	res.status(known.status).json(known.body(requestId(res)));
}

function answering(simulation: Simulation, definition: Route) {
	const documented = operation(definition.method, definition.path);
	const permissions = definition.permissions ?? documented?.permissions ?? [];
	const parameters = [
		...(documented?.parameters ?? []),
		...(definition.newParameters ?? []).map(newParameter),
	];
	const schema = definition.body ?? documented?.body ?? null;
	return (req: Request, res: Response): void => {
		permissions.forEach((permission) => checkPermission(simulation, permission));
		const query = new Query(req.originalUrl.split(/\?(.*)/s)[1] ?? '', parameters);
		checkIncludes(simulation, query, parameters);
		const body = schema ? readBody(req) : {};
		if (schema) checkBody(schema, body);
		const answer = definition.handle({
			ids: req.params as Record<string, string>,
			body: body as Record<string, unknown>,
			query,
			url: `${simulation.url}${req.path}`,
			authenticated: res.locals['authenticated'] === true,
		});
		// A webhook never overtakes the answer to the call that caused it.
		const batch = simulation.events.take();
		res.once('close', () => simulation.events.send(batch));
		send(res, answer);
	};
}

function send(res: Response, { status, data, page }: Answer): void {
	const meta = { request_id: requestId(res) };
	res.setHeader('Request-Id', meta.request_id);
	if (page) {
		res.status(status).json({ data: page.data, meta: { ...meta, pagination: page.pagination } });
	} else if (data) {
		res.status(status).json({ data, meta });
	} else {
		res.status(status).end();
	}
}

function readBody(req: Request): unknown {
	const text = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	if (text === '') return {};
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw badRequest({ field: '(root)', message: 'The request body is not valid JSON' });
	}
}

function checkPermission({ settings }: Simulation, permission: string): void {
	if (settings.permissions && !settings.permissions.has(permission)) throw forbidden();
}

/** `include=customer` needs `customer.read` as well. */
function checkIncludes(simulation: Simulation, query: Query, parameters: Parameter[]): void {
	const include = parameters.find(({ name }) => name === 'include');
	const items = include?.schema['items'] as Schema | undefined;
	const needed = (items?.['x-enum-permissions'] ?? {}) as Record<string, unknown>;
	for (const name of query.list('include') ?? []) {
		for (const text of JSON.stringify(needed[name] ?? '').match(/[a-z_]+\.(read|write)/g) ?? []) {
			checkPermission(simulation, text);
		}
	}
}

function newParameter(name: string): Parameter {
	return { name, in: 'query', description: '', schema: { type: 'string' } };
}

function requestId(res: Response): string {
	res.locals['requestId'] ??= randomUUID();
	return String(res.locals['requestId']);
}
