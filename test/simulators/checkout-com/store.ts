import type {
	Balances,
	EventBucket,
	LinkRequest,
	PaymentAction,
	PaymentSource,
	PaymentStatus,
	WebhookAction,
	WorkflowCondition,
} from './wire';

export interface PaymentLink {
	id: string;
	request: LinkRequest;
	/** Milliseconds. */
	createdAt: number;
	expiresAt: number;
	/** The payment in progress or done; failed attempts do not count. */
	paymentId: string | null;
	paid: boolean;
}

export interface Payment {
	id: string;
	/** `sid_…`, by which a payment can be read too. */
	sessionId: string;
	linkId: string;
	channelId: string;
	/** Milliseconds. */
	requestedAt: number;
	amount: number;
	currency: string;
	status: PaymentStatus;
	approved: boolean;
	customerId: string;
	source: PaymentSource;
	balances: Balances;
	/** Oldest first. */
	actions: PaymentAction[];
}

export interface Dispute {
	id: string;
	paymentId: string;
	amount: number;
	category: string;
	reasonCode: string;
	receivedAt: number;
	/** The last event, without `dispute_`. */
	status: string;
}

export interface Workflow {
	id: string;
	name: string | undefined;
	active: boolean;
	conditions: Array<WorkflowCondition & { id: string }>;
	actions: Array<WebhookAction & { id: string }>;
}

/** An action that an event has triggered, as it stood then. */
export interface Invocation {
	workflowId: string;
	action: WebhookAction & { id: string };
}

export interface StoredEvent {
	id: string;
	bucket: EventBucket;
	type: string;
	/** Milliseconds. */
	at: number;
	/** `pay_…` or `dsp_…`. */
	subjectId: string;
	channelId: string;
	data: Record<string, unknown>;
	links: Record<string, { href: string }>;
	invocations: Invocation[];
}

/** Everything the simulated account holds, in order of creation. */
export class CheckoutStore {
	readonly links = new Map<string, PaymentLink>();
	readonly payments = new Map<string, Payment>();
	readonly disputes = new Map<string, Dispute>();
	readonly workflows = new Map<string, Workflow>();
	readonly events = new Map<string, StoredEvent>();

	/** By `pay_…` or `sid_…`. */
	findPayment(id: string): Payment | undefined {
		return (
			this.payments.get(id) ?? [...this.payments.values()].find(({ sessionId }) => sessionId === id)
		);
	}

	/** @throws Error when there is no such link */
	link(id: string): PaymentLink {
		return present(this.links.get(id), 'payment link', id);
	}

	/** @throws Error when there is no such payment */
	payment(id: string): Payment {
		return present(this.payments.get(id), 'payment', id);
	}

	/** @throws Error when there is no such dispute */
	dispute(id: string): Dispute {
		return present(this.disputes.get(id), 'dispute', id);
	}

	/** @throws Error when there is no such event */
	event(id: string): StoredEvent {
		return present(this.events.get(id), 'event', id);
	}

	eventsOf(subjectId: string): StoredEvent[] {
		return [...this.events.values()].filter((event) => event.subjectId === subjectId);
	}
}

function present<T>(found: T | undefined, what: string, id: string): T {
	if (found === undefined) throw new Error(`No ${what} ${id}`);
	return found;
}
