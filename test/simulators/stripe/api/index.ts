import type { Router } from 'express';
import type { Simulation } from '../simulation';
import { accountRoutes } from './account';
import { billingRoutes } from './billing';
import { catalogueRoutes } from './catalogue';
import { chargeRoutes } from './charges-and-refunds';
import { checkoutSessionRoutes } from './checkout-sessions';
import { eventRoutes } from './events';
import { paymentIntentRoutes } from './payment-intents';
import { paymentLinkRoutes } from './payment-links';
import { apiRouter } from './router';
import { webhookEndpointRoutes } from './webhook-endpoints';

/** Every resource of the simulated API, under `/v1`. */
export function api(simulation: Simulation): Router {
	return apiRouter(
		simulation,
		[
			paymentLinkRoutes,
			catalogueRoutes,
			checkoutSessionRoutes,
			paymentIntentRoutes,
			chargeRoutes,
			billingRoutes,
			eventRoutes,
			webhookEndpointRoutes,
			accountRoutes,
		].flatMap((routes) => routes(simulation)),
	);
}
