import { randomInt } from 'node:crypto';
import { Deliveries } from '../http/deliveries';
import type { DashboardSettings } from './dashboard';
import { newHex } from './ids';
import type { Settings } from './settings';
import { FlutterwaveStore, type Customer } from './store';
import { deliveryRules } from './webhooks/delivery-rules';
import { Hooks } from './webhooks/hooks';

export interface SimulationOptions {
	/** `FLWSECK_TEST-…` is test mode, `FLWSECK-…` live. */
	secretKey: string;
	dashboard: DashboardSettings;
	settings: Settings;
	/** The clock, in ms. */
	now: () => number;
	/** Real milliseconds a receiver has to answer a webhook. */
	answerTimeoutMs: number;
}

/** One mode of a simulated Flutterwave account: its objects, its webhooks, its clock. */
export class Simulation {
	readonly store = new FlutterwaveStore();
	readonly secretKey: string;
	readonly live: boolean;
	readonly dashboard: DashboardSettings;
	readonly settings: Settings;
	readonly now: () => number;
	readonly deliveries: Deliveries;
	readonly hooks: Hooks;
	readonly accountId = randomInt(1_000_000, 4_000_000);
	readonly walletId = randomInt(10_000, 200_000);
	/** Where the simulator listens; set once it does. */
	url = '';
	private readonly emailMask = `ravesb_${newHex(20)}_`;

	constructor(options: SimulationOptions) {
		this.secretKey = options.secretKey;
		this.live = !options.secretKey.startsWith('FLWSECK_TEST-');
		this.dashboard = options.dashboard;
		this.settings = options.settings;
		this.now = options.now;
		this.deliveries = new Deliveries(deliveryRules(options.dashboard, options.answerTimeoutMs));
		this.hooks = new Hooks(this);
	}

	/** The customer of this e-mail, made or brought up to date. */
	customer(email: string, name?: string, phone?: string): Customer {
		const shown = this.shownEmail(email);
		const known = this.store.customers.get(shown);
		if (known) {
			return Object.assign(known, { name: name || known.name, phone: phone || known.phone });
		}
		const customer: Customer = {
			id: this.store.ids.customer.next(),
			name: name || 'Anonymous customer',
			phone: phone || null,
			email: shown,
			createdAt: this.now(),
		};
		this.store.customers.set(shown, customer);
		return customer;
	}

	private shownEmail(email: string): string {
		if (this.live || !this.settings.maskTestEmails) return email;
		return `${this.emailMask}${email}`;
	}
}
