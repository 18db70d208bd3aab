import { Deliveries } from '../http/deliveries';
import { retryAfterMs, TIMEOUT_MS } from './events/delivery-rules';
import { EventLog } from './events/event-log';
import { Ids } from './ids';
import { defaultSettings, type Environment, type Settings } from './settings';
import { PaddleStore } from './store';

/** One simulated Paddle account: its entities, its events, its clock. */
export class Simulation {
	readonly environment: Environment;
	readonly settings: Settings;
	readonly store = new PaddleStore();
	readonly ids: Ids;
	readonly deliveries: Deliveries;
	readonly events: EventLog;
	/** Where the simulator listens; set once it does. */
	url = '';
	private lastMicros = 0;
	private invoices = 10_000;

	/** @param now the clock, in ms */
	constructor(
		readonly apiKey: string,
		readonly now: () => number,
	) {
		this.environment = apiKey.startsWith('pdl_live_') ? 'production' : 'sandbox';
		this.settings = defaultSettings(this.environment, '');
		this.ids = new Ids(now);
		this.deliveries = new Deliveries({
			timeoutMs: TIMEOUT_MS,
			retryAfterMs: (attempt) => retryAfterMs(this.settings.retries, attempt),
			succeeded: (status) => status >= 200 && status < 300,
		});
		this.events = new EventLog(this);
	}

	/** RFC 3339 with microseconds; never the same twice, so that events have an order. */
	timestamp(): string {
		this.lastMicros = Math.max(this.now() * 1000, this.lastMicros + 1);
		const micros = String(this.lastMicros % 1_000_000).padStart(6, '0');
		return new Date(Math.floor(this.lastMicros / 1000))
			.toISOString()
			.replace(/\.\d+Z$/, `.${micros}Z`);
	}

	/** `325-10001`, counted up. */
	nextInvoiceNumber(): string {
		this.invoices += 1;
		return `325-${this.invoices}`;
	}
}
