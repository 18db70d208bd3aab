import type { Router } from 'express';
import type { Simulation } from '../simulation';
import { paymentLinkRoutes } from './payment-links';
import { paymentRoutes } from './payments';
import { reflowRoutes } from './reflow';
import { apiRouter } from './router';
import { workflowEventRoutes } from './workflow-events';
import { workflowPartRoutes } from './workflow-parts';
import { workflowTestRoute } from './workflow-test';
import { workflowRoutes } from './workflows';

/** The whole API. Order matters where a fixed path could be taken for an id. */
export function api(simulation: Simulation): Router {
	return apiRouter([
		...paymentLinkRoutes(simulation),
		...paymentRoutes(simulation),
		...reflowRoutes(simulation),
		...workflowEventRoutes(simulation),
		...workflowRoutes(simulation),
		...workflowPartRoutes(simulation),
		workflowTestRoute(simulation),
	]);
}
