import { Deliveries } from '../http/deliveries';
import { deliveryRules } from './events/delivery-rules';
import { EventLog } from './events/event-log';
import { expireSession } from './payments/expiring';
import { SearchIndex } from './payments/search-index';
import { defaultSettings } from './settings';
import { StripeStore } from './store';

/** One simulated Stripe account: its objects, its events, its clock. */
export class Simulation {
	readonly settings = defaultSettings();
	readonly store = new StripeStore();
	readonly deliveries: Deliveries;
	readonly events: EventLog;
	readonly searchIndex: SearchIndex;
	readonly livemode: boolean;
	/** Where the simulator listens; set once it does. */
	url = '';

	/** @param now the clock, in ms */
	constructor(
		readonly secretKey: string,
		readonly now: () => number,
	) {
		this.livemode = /^[sr]k_live_/.test(secretKey);
		this.deliveries = new Deliveries(deliveryRules(this.livemode));
		this.events = new EventLog(this);
		this.searchIndex = new SearchIndex(this);
	}

	/** The clock in Unix seconds, as `created` fields have it. */
	seconds(): number {
		return Math.floor(this.now() / 1000);
	}

	/** Expires what has come of age; called before anything is read or changed. */
	expireDueSessions(): void {
		const due = this.store.sessions
			.oldestFirst()
			.filter(({ status, expires_at }) => status === 'open' && expires_at <= this.seconds());
		if (due.length === 0) return;
		this.events.act(() => due.forEach((session) => expireSession(this, session.id)));
	}
}
