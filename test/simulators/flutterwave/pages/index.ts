import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Faults } from '../../http/faults';
import { readForm, sendNotPossible } from '../../http/form-pages';
import type { FlutterwaveActions } from '../actions';
import type { Simulation } from '../simulation';
import { BRAND } from './brand';
import { dashboardRoutes } from './dashboard';
import { hostedPageRoutes } from './hosted-page';

/** The pages for people: the hosted payment page and a small dashboard. */
export function pages(simulation: Simulation, actions: FlutterwaveActions, faults: Faults): Router {
	const router = Router();
	router.use((req: Request, _res: Response, next: NextFunction) => {
		if (req.method === 'POST') req.body = readForm(req);
		next();
	});
	hostedPageRoutes(router, simulation, actions);
	dashboardRoutes(router, simulation, actions, faults);
	router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
		if (res.headersSent) return next(error);
		sendNotPossible(res, error, { brand: BRAND });
	});
	return router;
}
