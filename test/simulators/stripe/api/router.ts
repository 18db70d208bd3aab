import { Router, type NextFunction, type Request, type Response } from 'express';
import type { PageOptions } from '../collection';
import { render } from '../events/rendering';
import { newId } from '../ids';
import type { Simulation } from '../simulation';
import { expand } from './expand';
import { checkParameters, decodeForm, type ParameterSchema } from './parameters';
import { StripeError } from './stripe-error';
import { checkVersion, ENDIVE, isBefore } from './versions';

export interface ApiCall<Input = Record<string, unknown>> {
	/** The id in the path, '' when there is none. */
	id: string;
	input: Input;
	/** The version this request is answered in. */
	version: string;
}

export interface Route {
	method: 'GET' | 'POST' | 'DELETE';
	/** Express path with at most one parameter, `:id`. */
	path: string;
	schema: ParameterSchema;
	handle: (call: ApiCall) => object;
}

/** A route whose parameters, once validated, have the official type. */
export function route<Input = PageOptions & Record<string, unknown>>(
	method: Route['method'],
	path: string,
	schema: ParameterSchema,
	handle: (call: ApiCall<Input>) => object,
): Route {
	return { method, path, schema, handle: (call) => handle(call as ApiCall<Input>) };
}

/** Serves routes with Stripe's envelope: versions, validation, expansion, errors, events after the answer. */
export function apiRouter(simulation: Simulation, routes: Route[]): Router {
	const router = Router();
	for (const definition of routes) {
		const method = definition.method.toLowerCase() as 'get' | 'post' | 'delete';
		router[method](definition.path, (req: Request, res: Response) => {
			answer(simulation, definition, req, res);
		});
	}
	router.use((req: Request) => {
		throw new StripeError(404, {
			message: `Unrecognized request URL (${req.method}: ${req.originalUrl.split('?')[0]}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
		});
	});
	return router;
}

/** `Request-Id` goes out with every answer, errors of any kind included. */
export function requestId(_req: Request, res: Response, next: NextFunction): void {
	res.setHeader('Request-Id', newId('req_', 14));
	next();
}

/** Turns errors into Stripe's error body. */
export function errorBody(error: unknown, _req: Request, res: Response, next: NextFunction): void {
	if (res.headersSent) return next(error);
	const known =
		error instanceof StripeError
			? error
			: new StripeError(500, { type: 'api_error', message: String(error) });
	for (const [name, value] of Object.entries(known.headers)) res.setHeader(name, value);
	known.body.error['request_log_url'] =
		`https://dashboard.stripe.com/test/logs/${String(res.getHeader('Request-Id'))}`;
	send(res, known.status, known.body);
}

function answer(simulation: Simulation, definition: Route, req: Request, res: Response): void {
	const version = String(req.headers['stripe-version'] ?? simulation.settings.apiVersion);
	checkVersion(version);
	res.setHeader('Stripe-Version', version);
	const input = decodeForm(
		req.method === 'POST' ? bodyText(req) : (req.originalUrl.split(/\?(.*)/s)[1] ?? ''),
	);
	dropMethodTypes(definition, input, version);
	checkParameters(definition.schema, input);
	res.locals['executionBegan'] = true;
	simulation.expireDueSessions();
	const { value, batch } = simulation.events.collect(
		{
			id: req.method === 'GET' ? null : String(res.getHeader('Request-Id')),
			idempotency_key: (req.headers['idempotency-key'] as string | undefined) ?? null,
		},
		() => definition.handle({ id: String(req.params['id'] ?? ''), input, version }),
	);
	// A webhook never overtakes the answer to the call that caused it.
	res.once('close', () => simulation.events.dispatch(batch));
	const paths = (input['expand'] as string[] | undefined) ?? [];
	const body = expand(simulation.store, value as Record<string, unknown>, paths);
	send(res, 200, render(simulation.store, body, version));
}

function send(res: Response, status: number, body: unknown): void {
	res
		.status(status)
		.type('application/json')
		.send(JSON.stringify(body, null, 2));
}

function bodyText(req: Request): string {
	return Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
}

/** Removed from sessions and intents in endive; older versions still take it, though the schema does not. */
function dropMethodTypes(definition: Route, input: Record<string, unknown>, version: string): void {
	const concerned = /^POST \/v1\/(checkout\/sessions|payment_intents)/.test(
		`${definition.method} ${definition.path}`,
	);
	if (!concerned || !('payment_method_types' in input)) return;
	if (isBefore(version, ENDIVE)) {
		delete input['payment_method_types'];
		return;
	}
	throw new StripeError(400, {
		code: 'payment_method_types_no_longer_supported',
		message: 'payment_method_types is no longer supported in this API version.',
		param: 'payment_method_types',
	});
}
