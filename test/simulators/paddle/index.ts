import type { Express } from 'express';
import type { Deliveries } from '../http/deliveries';
import { Faults } from '../http/faults';
import { RequestLog } from '../http/request-log';
import { listen, rawBodyApp } from '../http/server';
import { actionsOf, type PaddleActions } from './actions';
import { authenticate } from './api/authentication';
import { rateLimit } from './api/rate-limit';
import { apiRouter, errorBody } from './api/router';
import { newApiKey } from './ids';
import { pages } from './pages';
import { accountRoutes } from './routes/account';
import { adjustmentRoutes } from './routes/adjustments';
import { catalogRoutes } from './routes/catalog';
import { customerRoutes } from './routes/customers';
import { notificationSettingRoutes } from './routes/notification-settings';
import { notificationRoutes } from './routes/notifications';
import { simulationRoutes } from './routes/simulations';
import { subscriptionRoutes } from './routes/subscriptions';
import { transactionRoutes } from './routes/transactions';
import type { Settings } from './settings';
import { Simulation } from './simulation';
import type { PaddleStore } from './store';

export { rateLimited, serverError } from './fault-answers';
export { newApiKey } from './ids';
export { allPermissions } from './routes/account';
export type { PaddleActions } from './actions';
export type { Payer } from './payments/paying';
export type { Settings } from './settings';
export type * from './wire';

export interface PaddleOptions {
	/** Port on 127.0.0.1; a free one when left out. */
	port?: number;
	/** `pdl_live_apikey_…` makes a live account; a fresh sandbox key when left out. */
	apiKey?: string;
	/** The clock in ms; the real one when left out. */
	now?: () => number;
	/** Divides the pauses between delivery attempts; 1000 when left out. */
	timeScale?: number;
}

export interface PaddleSimulator extends PaddleActions {
	/** e.g. http://127.0.0.1:4001: the API, the checkout page (/pay) and, for browsers, the dashboard. */
	url: string;
	apiKey: string;
	/** API requests; pages and their forms are not in it. */
	log: RequestLog;
	/** Faults of the API; pages are spared. */
	faults: Faults;
	deliveries: Deliveries;
	store: PaddleStore;
	settings: Settings;
	close(): Promise<void>;
}

/**
 * A Paddle Billing account on loopback: API, webhooks, checkout page, dashboard.
 * @example
 * const paddle = await startPaddle();
 * const sdk = new Paddle(paddle.apiKey, { environment: paddle.url as Environment });
 * const { checkout } = await sdk.transactions.create({ items: [{ priceId, quantity: 1 }] });
 * paddle.pay(checkout.url);
 */
export async function startPaddle(options: PaddleOptions = {}): Promise<PaddleSimulator> {
	const apiKey = options.apiKey ?? newApiKey();
	const simulation = new Simulation(apiKey, options.now ?? Date.now);
	const { deliveries, store, settings } = simulation;
	deliveries.timeScale = options.timeScale ?? deliveries.timeScale;
	const log = new RequestLog();
	const faults = new Faults();
	const actions = actionsOf(simulation);
	const app: Express = rawBodyApp();
	app.set('query parser', 'simple');
	app.use(pages(simulation, actions, faults));
	app.use(log.middleware(), faults.middleware(), rateLimit(simulation), authenticate(apiKey));
	app.use(
		apiRouter(simulation, [
			...accountRoutes(simulation),
			...customerRoutes(simulation),
			...catalogRoutes(simulation),
			...transactionRoutes(simulation),
			...adjustmentRoutes(simulation),
			...subscriptionRoutes(simulation),
			...notificationSettingRoutes(simulation),
			...notificationRoutes(simulation),
			...simulationRoutes(simulation),
		]),
		errorBody,
	);
	const server = await listen(app, options.port);
	simulation.url = server.url;
	settings.defaultCheckoutUrl = `${server.url}/pay`;
	return {
		...actions,
		url: server.url,
		apiKey,
		log,
		faults,
		deliveries,
		store,
		settings,
		close: async () => {
			deliveries.stop();
			await server.close();
		},
	};
}
