import type { RequestHandler } from 'express';
import type { Deliveries } from '../http/deliveries';
import { Faults } from '../http/faults';
import { RequestLog } from '../http/request-log';
import { listen, rawBodyApp } from '../http/server';
import { FlutterwaveActions } from './actions';
import { api } from './api';
import { authenticate } from './api/authentication';
import { answerError } from './api/router';
import { defaultDashboard, type DashboardSettings } from './dashboard';
import { pages } from './pages';
import { defaultSettings, type Settings } from './settings';
import { Simulation } from './simulation';
import type { FlutterwaveStore } from './store';
import { ANSWER_TIMEOUT } from './webhooks/delivery-rules';

export type { DashboardSettings } from './dashboard';
export { rateLimited, timedOut } from './fault-answers';
export type { PaymentMethod } from './methods';
export type { PayOptions } from './payments/charging';
export type { RefundOptions } from './payments/refunding';
export type { Settings } from './settings';
export type {
	PaymentLink,
	PaymentPlan,
	Refund,
	SentHook,
	Subscription,
	Transaction,
} from './store';

export interface FlutterwaveOptions {
	/** 0 or left out: a free port. */
	port?: number;
	/** `FLWSECK_TEST-…` (the default is one) makes a test-mode account, `FLWSECK-…` a live one. */
	secretKey?: string;
	/** As the merchant would set them in the dashboard; both are empty by default. */
	secretHash?: string;
	webhookUrl?: string;
	/** The clock, in ms. */
	now?: () => number;
	/** Divides the pauses between delivery attempts; 1000 (the default) makes half an hour 1.8 s. */
	timeScale?: number;
	/** Real milliseconds a receiver has to answer; Flutterwave gives 60 s. */
	answerTimeoutMs?: number;
}

/** A running Flutterwave: its API, its pages, and hands for payer, merchant and bank. */
export interface FlutterwaveSimulator extends FlutterwaveActions {
	/** The API is under `/v3`. */
	readonly url: string;
	readonly secretKey: string;
	/** The same account's key of the other mode: accepted, and sees nothing of this mode. */
	readonly otherModeKey: string;
	/** API requests only; pages are not logged. */
	readonly log: RequestLog;
	/** They strike the API only; pages always answer. */
	readonly faults: Faults;
	/** A delivery's id is that of the webhook in `store.hooks`. */
	readonly deliveries: Deliveries;
	readonly store: FlutterwaveStore;
	/** What the merchant sets in the dashboard; there is no API for it. */
	readonly dashboard: DashboardSettings;
	/** What is not established about Flutterwave. */
	readonly settings: Settings;
	close(): Promise<void>;
}

/** Made of words, so that nobody takes it for a real key. */
const DEFAULT_KEY = ['FLWSECK', 'TEST-simulated-merchant-X'].join('_');

/**
 * Starts a Flutterwave of its own on loopback.
 * @throws Error when the secret key has not the form of a secret key
 */
export async function startFlutterwave(
	options: FlutterwaveOptions = {},
): Promise<FlutterwaveSimulator> {
	const secretKey = options.secretKey ?? DEFAULT_KEY;
	if (!/^FLWSECK(_TEST)?-\S+$/.test(secretKey)) {
		throw new Error('A secret key begins with FLWSECK_TEST- or FLWSECK-.');
	}
	const shared = {
		settings: defaultSettings(),
		now: options.now ?? Date.now,
		answerTimeoutMs: options.answerTimeoutMs ?? ANSWER_TIMEOUT,
	};
	const simulation = new Simulation({
		...shared,
		secretKey,
		dashboard: {
			...defaultDashboard(),
			webhookUrl: options.webhookUrl ?? '',
			secretHash: options.secretHash ?? '',
		},
	});
	const other = new Simulation({
		...shared,
		secretKey: otherModeKey(secretKey),
		dashboard: defaultDashboard(),
	});
	simulation.deliveries.timeScale = options.timeScale ?? 1000;
	const running = new RunningFlutterwave(simulation, other);
	await running.start(options.port ?? 0);
	return running;
}

function otherModeKey(key: string): string {
	return key.startsWith('FLWSECK_TEST-')
		? key.replace('FLWSECK_TEST-', 'FLWSECK-')
		: key.replace('FLWSECK-', 'FLWSECK_TEST-');
}

/** Everything else is a page. */
function isApi(path: string): boolean {
	return path.startsWith('/v3/') && !path.startsWith('/v3/hosted/');
}

class RunningFlutterwave extends FlutterwaveActions implements FlutterwaveSimulator {
	readonly log = new RequestLog();
	readonly faults = new Faults();
	private stop: () => Promise<void> = async () => {};

	constructor(
		simulation: Simulation,
		private readonly other: Simulation,
	) {
		super(simulation);
	}

	get url(): string {
		return this.simulation.url;
	}

	get secretKey(): string {
		return this.simulation.secretKey;
	}

	get otherModeKey(): string {
		return this.other.secretKey;
	}

	get deliveries(): Deliveries {
		return this.simulation.deliveries;
	}

	get store(): FlutterwaveStore {
		return this.simulation.store;
	}

	get dashboard(): DashboardSettings {
		return this.simulation.dashboard;
	}

	get settings(): Settings {
		return this.simulation.settings;
	}

	async start(port: number): Promise<void> {
		const app = rawBodyApp();
		const layers: RequestHandler[] = [
			this.log.middleware(),
			authenticate([this.simulation, this.other]),
			this.faults.middleware(),
		];
		for (const layer of layers) {
			// Not mounted on /v3: a mounted layer would see paths without it.
			app.use((req, res, next) => (isApi(req.path) ? layer(req, res, next) : next()));
		}
		const people = pages(this.simulation, this, this.faults);
		app.use((req, res, next) => (isApi(req.path) ? next() : people(req, res, next)));
		app.use(api());
		app.use(answerError);
		const server = await listen(app, port);
		this.simulation.url = server.url;
		this.other.url = server.url;
		this.stop = server.close;
	}

	async close(): Promise<void> {
		this.deliveries.stop();
		await this.stop();
	}
}
