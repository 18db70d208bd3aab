import { Collection } from './collection';
import type {
	Address,
	Adjustment,
	Customer,
	Notification,
	NotificationSetting,
	PaddleEvent,
	Price,
	Product,
	Subscription,
	Transaction,
} from './wire';

const byId = <T extends { id: string }>(item: T): string => item.id;

/** A simulation of the webhook simulator: what to send, and what each run sent. */
export interface SimulationRecord {
	id: string;
	settingId: string;
	name: string;
	type: string;
	payload: object | null;
	createdAt: string;
	updatedAt: string;
	lastRunAt: string | null;
}

export interface SimulationRun {
	id: string;
	simulationId: string;
	type: string;
	createdAt: string;
	events: Array<{ notificationId: string; event: PaddleEvent }>;
}

/** Everything the simulated account holds. */
export class PaddleStore {
	readonly customers = new Collection<Customer>('Customer', byId);
	readonly addresses = new Collection<Address>('Address', byId);
	readonly products = new Collection<Product>('Product', byId);
	readonly prices = new Collection<Price>('Price', byId);
	readonly transactions = new Collection<Transaction>('Transaction', byId);
	readonly subscriptions = new Collection<Subscription>('Subscription', byId);
	readonly adjustments = new Collection<Adjustment>('Adjustment', byId);
	readonly settings = new Collection<NotificationSetting>('Notification setting', byId);
	readonly events = new Collection<PaddleEvent>('Event', ({ event_id }) => event_id);
	readonly notifications = new Collection<Notification>('Notification', byId);
	readonly simulations = new Collection<SimulationRecord>('Simulation', byId);
	readonly runs = new Collection<SimulationRun>('Simulation run', byId);

	/** Secrets that still sign beside the current one while a rotation overlaps, by destination. */
	readonly previousSecrets = new Map<string, string>();

	/** Addresses are matched as Paddle does: without regard to case. */
	customerByEmail(email: string): Customer | undefined {
		const wanted = email.toLowerCase();
		return this.customers.oldestFirst().find((customer) => customer.email.toLowerCase() === wanted);
	}
}
