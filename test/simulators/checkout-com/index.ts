import type { Deliveries } from '../http/deliveries';
import { Faults } from '../http/faults';
import { RequestLog } from '../http/request-log';
import { listen, rawBodyApp } from '../http/server';
import { CheckoutComActions } from './actions';
import { api } from './api';
import { authenticate, KEY_PATTERN } from './api/authentication';
import { answerError } from './api/router';
import { ANSWER_TIMEOUT } from './events/delivery-rules';
import { newId, newSecretKey } from './ids';
import { pages } from './pages';
import type { Settings } from './settings';
import { Simulation } from './simulation';
import type { CheckoutStore } from './store';

export { rateLimited, serverError } from './fault-answers';
export type { PayOptions } from './payments/attempts';
export type { DisputeOptions } from './payments/disputes';
export type { Settings } from './settings';
export type { Dispute, Payment, PaymentLink, StoredEvent, Workflow } from './store';

export interface CheckoutComOptions {
	/** 0 or left out: a free port. */
	port?: number;
	/** Must have the form of a key of the environment. */
	secretKey?: string;
	/** The clock, in ms. */
	now?: () => number;
	/** Divides the pauses between delivery attempts; 1000 (the default) makes an hour 3.6 s. */
	timeScale?: number;
	/** Sandbox (the default) or live. */
	sandbox?: boolean;
	/** Real milliseconds a receiver has to answer; Checkout.com gives 10 s. */
	answerTimeoutMs?: number;
}

/** A running Checkout.com: its API, its pages, and hands for payer, merchant and bank. */
export interface CheckoutComSimulator extends CheckoutComActions {
	readonly url: string;
	readonly secretKey: string;
	/** The channel of links that name none. */
	readonly processingChannelId: string;
	/** API requests only; pages are not logged. */
	readonly log: RequestLog;
	/** They strike the API only; pages always answer. */
	readonly faults: Faults;
	/** A delivery's id is `<event id>/<action id>`. */
	readonly deliveries: Deliveries;
	readonly store: CheckoutStore;
	readonly settings: Settings;
	close(): Promise<void>;
}

/**
 * Starts a Checkout.com of its own on loopback.
 * @throws Error when the secret key has not the form of the environment's keys
 */
export async function startCheckoutCom(
	options: CheckoutComOptions = {},
): Promise<CheckoutComSimulator> {
	const sandbox = options.sandbox ?? true;
	const secretKey = options.secretKey ?? newSecretKey(sandbox);
	if (!KEY_PATTERN[sandbox ? 'sandbox' : 'live'].test(secretKey)) {
		throw new Error('The secret key has not the form of a key of this environment.');
	}
	const simulation = new Simulation({
		secretKey,
		sandbox,
		processingChannelId: newId('pc'),
		now: options.now ?? Date.now,
		answerTimeoutMs: options.answerTimeoutMs ?? ANSWER_TIMEOUT,
	});
	simulation.deliveries.timeScale = options.timeScale ?? 1000;
	const running = new RunningCheckoutCom(simulation);
	await running.start(options.port ?? 0);
	return running;
}

class RunningCheckoutCom extends CheckoutComActions implements CheckoutComSimulator {
	readonly log = new RequestLog();
	readonly faults = new Faults();
	private stop: () => Promise<void> = async () => {};

	get url(): string {
		return this.simulation.url;
	}

	get secretKey(): string {
		return this.simulation.secretKey;
	}

	get processingChannelId(): string {
		return this.simulation.processingChannelId;
	}

	get deliveries(): Deliveries {
		return this.simulation.deliveries;
	}

	get store(): CheckoutStore {
		return this.simulation.store;
	}

	get settings(): Settings {
		return this.simulation.settings;
	}

	async start(port: number): Promise<void> {
		const app = rawBodyApp();
		app.use(pages(this.simulation, this, this.faults));
		app.use(this.log.middleware());
		app.use(authenticate(this.simulation));
		app.use(this.faults.middleware());
		app.use(api(this.simulation));
		app.use(answerError);
		const server = await listen(app, port);
		this.simulation.url = server.url;
		this.stop = server.close;
	}

	async close(): Promise<void> {
		this.deliveries.stop();
		await this.stop();
	}
}
