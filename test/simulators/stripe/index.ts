import { Faults } from '../http/faults';
import type { Deliveries } from '../http/deliveries';
import { RequestLog } from '../http/request-log';
import { listen, rawBodyApp } from '../http/server';
import { StripeActions } from './actions';
import { api } from './api';
import { authenticate } from './api/authentication';
import { IdempotencyKeys } from './api/idempotency';
import { errorBody, requestId } from './api/router';
import type { DeliveryState } from './events/event-log';
import { pages } from './pages';
import type { Settings } from './settings';
import { Simulation } from './simulation';
import type { StripeStore } from './store';

export type { PaymentOptions, PaymentResult } from './actions';
export type { DeliveryState } from './events/event-log';
export { rateLimited, serverError } from './fault-answers';
export type { PaymentMethod } from './objects/charge';
export type { DeclineReason } from './payments/charging';
export type { Settings } from './settings';
export type { StripeEvent } from './wire';

export interface StripeOptions {
	/** 0 or left out: a free port. */
	port?: number;
	/** A key that begins with `sk_live_` or `rk_live_` makes the account a live one. */
	secretKey?: string;
	/** The clock, in ms. */
	now?: () => number;
	/** Divides the pauses between delivery attempts; 1000 (the default) makes an hour 3.6 s. */
	timeScale?: number;
}

/** A running Stripe: its API, its pages, and hands for payer, merchant and bank. */
export interface StripeSimulator extends StripeActions {
	readonly url: string;
	readonly secretKey: string;
	/** API requests only; pages are not logged. */
	readonly log: RequestLog;
	/** They strike the API only; pages always answer. */
	readonly faults: Faults;
	/** A delivery's id is `<event id>/<endpoint id>`. */
	readonly deliveries: Deliveries;
	readonly store: StripeStore;
	readonly settings: Settings;
	/** How an event stands with each endpoint that was to have it. */
	deliveryStates(eventId: string): DeliveryState[];
	close(): Promise<void>;
}

/** Made of words, so that nobody takes it for a real key. */
const DEFAULT_KEY = ['sk', 'test', 'simulated', 'merchant'].join('_');

/** Starts a Stripe of its own on loopback. */
export async function startStripe(options: StripeOptions = {}): Promise<StripeSimulator> {
	const simulation = new Simulation(options.secretKey ?? DEFAULT_KEY, options.now ?? Date.now);
	simulation.deliveries.timeScale = options.timeScale ?? 1000;
	const running = new RunningStripe(simulation);
	await running.start(options.port ?? 0);
	return running;
}

function isApi(path: string): boolean {
	return path.startsWith('/v1/');
}

class RunningStripe extends StripeActions implements StripeSimulator {
	readonly log = new RequestLog();
	readonly faults = new Faults();
	private stop: () => Promise<void> = async () => {};

	get url(): string {
		return this.simulation.url;
	}

	get secretKey(): string {
		return this.simulation.secretKey;
	}

	get deliveries(): Deliveries {
		return this.simulation.deliveries;
	}

	get store(): StripeStore {
		return this.simulation.store;
	}

	get settings(): Settings {
		return this.simulation.settings;
	}

	deliveryStates(eventId: string): DeliveryState[] {
		return this.simulation.events.states(eventId);
	}

	async start(port: number): Promise<void> {
		const app = rawBodyApp();
		for (const layer of [
			requestId,
			this.log.middleware(),
			authenticate(this.secretKey),
			new IdempotencyKeys(this.simulation.now).middleware(),
			this.faults.middleware(),
		]) {
			// Not mounted on /v1: a mounted layer would see paths without it.
			app.use((req, res, next) => (isApi(req.path) ? layer(req, res, next) : next()));
		}
		app.use(pages(this.simulation, this, this.faults));
		app.use(api(this.simulation));
		app.use(errorBody);
		const server = await listen(app, port);
		this.simulation.url = server.url;
		this.stop = server.close;
	}

	async close(): Promise<void> {
		this.deliveries.stop();
		await this.stop();
	}
}
