import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Faults } from '../../http/faults';
import { readForm, sendNotPossible } from '../../http/form-pages';
import type { StripeActions } from '../actions';
import type { Simulation } from '../simulation';
import { dashboardRoutes } from './dashboard';
import { paymentRoutes } from './payment';

/** The pages for people: hosted checkout and a small dashboard. */
export function pages(simulation: Simulation, actions: StripeActions, faults: Faults): Router {
	const router = Router();
	router.use((req: Request, _res: Response, next: NextFunction) => {
		if (req.method === 'POST' && !req.path.startsWith('/v1/')) req.body = readForm(req);
		next();
	});
	paymentRoutes(router, simulation, actions);
	dashboardRoutes(router, simulation, actions, faults);
	router.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
		if (req.path.startsWith('/v1/')) return next(error);
		sendNotPossible(res, error);
	});
	return router;
}
