import { stringify } from 'qs';
import type { Delivery } from '../../http/deliveries';
import type { Simulation } from '../simulation';
import type { Refund, SentHook, Subscription, Transaction } from '../store';
import { chargeBody } from './charge-body';
import { flatChargeBody } from './flat-charge-body';
import { refundBody } from './refund-body';
import { subscriptionCancelledBody } from './subscription-cancelled-body';

/** Makes webhooks as the merchant's dashboard wants them, keeps them, and sends them. */
export class Hooks {
	private waiting: SentHook[] = [];
	private made = 0;

	constructor(private readonly simulation: Simulation) {}

	/** Does the work, which must be synchronous, and hands back what sends the webhooks it caused. */
	collect<T>(work: () => T): { value: T; send: () => void } {
		const outer = this.waiting;
		const own: SentHook[] = [];
		this.waiting = own;
		try {
			return { value: work(), send: () => own.forEach((hook) => this.deliver(hook)) };
		} finally {
			this.waiting = outer;
		}
	}

	/** `charge.completed`, whatever the status; failures only where the merchant wants them. */
	charge(transaction: Transaction): void {
		if (transaction.status === 'failed' && !this.simulation.dashboard.failedWebhooks) return;
		this.chargeAgain(transaction);
	}

	/** What "resend" sends: the transaction as it stands, in the shape that is set now. */
	chargeAgain(transaction: Transaction): void {
		const body = this.simulation.dashboard.v3Webhooks
			? chargeBody(this.simulation, transaction)
			: flatChargeBody(this.simulation, transaction);
		this.make('charge.completed', transaction.status, transaction.id, body);
	}

	refund(refund: Refund): void {
		if (!this.simulation.dashboard.refundWebhooks) return;
		this.make('refund', refund.status, refund.id, refundBody(this.simulation, refund));
	}

	/** In the v3 shape always: its flat form is not known. */
	subscriptionCancelled(subscription: Subscription): void {
		const body = subscriptionCancelledBody(this.simulation, subscription);
		this.make('subscription.cancelled', 'deactivated', subscription.id, body);
	}

	/** The same bytes once more. @throws Error when there is no such webhook */
	repeat(hookId: string): void {
		const hook = this.simulation.store.hooks.get(hookId);
		if (!hook) throw new Error(`No webhook ${hookId}`);
		this.deliver(hook);
	}

	private make(event: string, status: string, subjectId: number, body: object): void {
		const { webhookUrl, json } = this.simulation.dashboard;
		if (webhookUrl === '') return;
		this.made += 1;
		const hook: SentHook = {
			id: `${event}/${subjectId}/${this.made}`,
			event,
			status,
			subjectId,
			url: webhookUrl,
			body: Buffer.from(json ? JSON.stringify(body) : stringify(body)),
			contentType: json ? 'application/json;charset=utf-8' : 'application/x-www-form-urlencoded',
			at: this.simulation.now(),
		};
		this.simulation.store.hooks.set(hook.id, hook);
		this.waiting.push(hook);
	}

	private deliver({ id, url, body, contentType }: SentHook): void {
		const delivery: Delivery = {
			id,
			url,
			body,
			headers: () => {
				const { secretHash } = this.simulation.dashboard;
				return {
					accept: 'application/json, text/plain, */*',
					'content-type': contentType,
					'user-agent': 'axios/0.19.2',
					...(secretHash !== '' && { 'verif-hash': secretHash }),
				};
			},
		};
		this.simulation.deliveries.send(delivery);
	}
}
