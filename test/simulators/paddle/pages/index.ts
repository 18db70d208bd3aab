import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Faults } from '../../http/faults';
import { readForm, sendNotPossible } from '../../http/form-pages';
import type { PaddleActions } from '../actions';
import type { Simulation } from '../simulation';
import { dashboardRoutes } from './dashboard';
import { LOOK } from './look';
import { paymentRoutes } from './payment';

const PAGES = /^\/(pay|dashboard)(\/|$)/;

/** The pages for people: the checkout behind the default payment link, and a small dashboard. */
export function pages(simulation: Simulation, actions: PaddleActions, faults: Faults): Router {
	const router = Router();
	router.use((req: Request, _res: Response, next: NextFunction) => {
		if (req.method === 'POST' && PAGES.test(req.path)) req.body = readForm(req);
		next();
	});
	paymentRoutes(router, simulation, actions);
	dashboardRoutes(router, simulation, actions, faults);
	router.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
		if (!PAGES.test(req.path)) return next(error);
		sendNotPossible(res, error, LOOK);
	});
	return router;
}
