import { Deliveries } from '../http/deliveries';
import { deliveryRules } from './events/delivery-rules';
import { EventLog } from './events/event-log';
import { newId } from './ids';
import { defaultSettings } from './settings';
import { CheckoutStore } from './store';

export interface SimulationOptions {
	secretKey: string;
	sandbox: boolean;
	processingChannelId: string;
	/** The clock, in ms. */
	now: () => number;
	/** Milliseconds a receiver has to answer a webhook. */
	answerTimeoutMs: number;
}

/** One simulated Checkout.com account: its objects, its events, its clock. */
export class Simulation {
	readonly settings = defaultSettings();
	readonly store = new CheckoutStore();
	readonly deliveries: Deliveries;
	readonly events: EventLog;
	readonly secretKey: string;
	readonly sandbox: boolean;
	/** The channel of links that name none. */
	readonly processingChannelId: string;
	/** The merchant's entity, which workflows may filter by. */
	readonly entityId = newId('ent');
	readonly now: () => number;
	/** Where the simulator listens; set once it does. */
	url = '';

	constructor(options: SimulationOptions) {
		this.secretKey = options.secretKey;
		this.sandbox = options.sandbox;
		this.processingChannelId = options.processingChannelId;
		this.now = options.now;
		this.deliveries = new Deliveries(deliveryRules(options.answerTimeoutMs));
		this.events = new EventLog(this);
	}

	/** `link('payments', id)` → `{ href }` */
	link(...path: string[]): { href: string } {
		return { href: [this.url, ...path].join('/') };
	}
}
