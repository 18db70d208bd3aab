import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import type { Context } from './context';
import { ENTITY_TYPES } from './entities';
import { internalError, methodNotAllowed, notFound, Problem, unauthorized } from './problem';
import { accountRoutes } from './routes/account';
import { botRoutes } from './routes/bots';
import { complexLeadRoutes } from './routes/complex-leads';
import { contactRoutes } from './routes/contacts';
import { customFieldRoutes } from './routes/custom-fields';
import { leadRoutes } from './routes/leads';
import { linkRoutes } from './routes/links';
import { noteRoutes } from './routes/notes';
import { pipelineRoutes } from './routes/pipelines';
import { taskRoutes } from './routes/tasks';
import { userRoutes } from './routes/users';
import { webhookRoutes } from './routes/webhooks';

/** Bearer check; `accepts` decides about the token. */
export function bearerCheck(accepts: (token: string) => boolean): RequestHandler {
	return (req, _res, next) => {
		const token = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1];
		if (token === undefined || !accepts(token)) throw unauthorized();
		next();
	};
}

export function apiRoutes(app: Express, ctx: Context): void {
	accountRoutes(app, ctx);
	pipelineRoutes(app, ctx);
	for (const type of ENTITY_TYPES) customFieldRoutes(app, ctx, type);
	for (const type of ENTITY_TYPES) noteRoutes(app, ctx, type);
	linkRoutes(app, ctx);
	complexLeadRoutes(app, ctx);
	leadRoutes(app, ctx);
	contactRoutes(app, ctx, 'contacts');
	contactRoutes(app, ctx, 'companies');
	taskRoutes(app, ctx);
	userRoutes(app, ctx);
	webhookRoutes(app, ctx);
	botRoutes(app, ctx);
	app.use('/api', (req) => {
		if (OTHER_METHOD.test(req.originalUrl)) throw methodNotAllowed();
		throw notFound(`Cannot ${req.method} ${ctx.url}${req.originalUrl}!`);
	});
}

/** Addresses that exist, so that another method is 405 rather than 404. */
const OTHER_METHOD =
	/^\/api\/v4\/(account|users|tasks|webhooks|bots|(leads|contacts|companies)(\/\d+)?(\/(notes|custom_fields))?|leads\/pipelines)(\/\d+)?\/?(\?|$)/;

export const errorHandler: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
	const problem = error instanceof Problem ? error : internalError(randomUUID());
	if (!(error instanceof Problem)) console.error(error);
	problem.send(res);
};
