import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Faults } from '../../http/faults';
import { readForm, sendNotPossible } from '../../http/form-pages';
import type { CheckoutComActions } from '../actions';
import type { Simulation } from '../simulation';
import { BRAND } from './brand';
import { dashboardRoutes } from './dashboard';
import { paymentRoutes } from './payment';

/** The pages for people: the hosted payment page and a small dashboard. Everything else falls through to the API. */
export function pages(simulation: Simulation, actions: CheckoutComActions, faults: Faults): Router {
	const router = Router();
	router.post(/^\/(link|dashboard)\//, (req: Request, _res: Response, next: NextFunction) => {
		req.body = readForm(req);
		next();
	});
	paymentRoutes(router, simulation, actions);
	dashboardRoutes(router, simulation, actions, faults);
	router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
		if (res.headersSent) return next(error);
		sendNotPossible(res, error, { brand: BRAND });
	});
	return router;
}
