import type { ErrorCode } from '@paddle/paddle-node-sdk';
import { createPrice, createProduct } from './entities/catalog';
import { newEndpointSecret } from './ids';
import { chargeback, decide, refund, reverseChargeback } from './payments/adjusting';
import { complete, decline, pay, type Payer } from './payments/paying';
import { failRenewal, renew } from './payments/renewing';
import {
	cancelSubscription,
	pauseSubscription,
	resumeSubscription,
} from './payments/subscription-changes';
import { runSimulation } from './events/simulator';
import type { Simulation } from './simulation';
import type { Adjustment, Price, Product, Subscription, Transaction } from './wire';

/** What buyers, banks, Paddle and the dashboard do; each sends the webhooks that follow from it. */
export interface PaddleActions {
	/** @param idOrUrl a transaction id or a checkout link */
	pay(idOrUrl: string, payer?: Payer): Transaction;
	decline(idOrUrl: string, errorCode?: ErrorCode, payer?: Payer): Transaction;
	/** Finishes a transaction that `settings.holdCompletion` kept at `paid`. */
	complete(transactionId: string): Transaction;
	/** The billing date comes; null when a scheduled change took effect instead of a payment. */
	renew(subscriptionId: string): Transaction | null;
	failRenewal(subscriptionId: string, errorCode?: ErrorCode): Transaction;
	cancelSubscription(id: string, options?: { atPeriodEnd?: boolean }): Subscription;
	pause(id: string, options?: { atPeriodEnd?: boolean; resumeAt?: string | null }): Subscription;
	resume(id: string): Subscription;
	/** @param amount lowest denomination; everything left when omitted */
	refund(transactionId: string, amount?: string | number, reason?: string): Adjustment;
	approve(adjustmentId: string): Adjustment;
	reject(adjustmentId: string): Adjustment;
	/** @param amount lowest denomination; everything left when omitted */
	chargeback(transactionId: string, amount?: string | number): Adjustment;
	chargebackWarning(transactionId: string): Adjustment;
	/** Reverses the newest chargeback or chargeback warning. */
	chargebackReverse(transactionId: string): Adjustment;
	/**
	 * Sends an event of the webhook simulator, or a scenario such as `subscription_creation`.
	 * @returns the event ids, which start with `ntfsimevt_`
	 */
	simulate(notificationSettingId: string, type: string, payload?: object): string[];
	/** A new notification of the same event. @returns its id */
	replay(notificationId: string): string;
	/** The same notification once more. */
	resend(notificationId: string): void;
	/** Gives a destination a new secret; both sign until `endRotation`. @returns the new one */
	rotateSecret(notificationSettingId: string): string;
	endRotation(notificationSettingId: string): void;
	createProduct(name: string): Product;
	/** @param amount lowest denomination @param interval left out for a one-time price */
	createPrice(
		productId: string,
		amount: string,
		currency: Price['unit_price']['currency_code'],
		interval?: 'day' | 'week' | 'month' | 'year',
	): Price;
}

export function actionsOf(simulation: Simulation): PaddleActions {
	const { store, events } = simulation;
	const act = <Args extends unknown[], Result>(work: (...args: Args) => Result) => {
		return (...args: Args): Result => structuredClone(events.act(() => work(...args)));
	};
	return {
		pay: act((idOrUrl: string, payer?: Payer) => pay(simulation, idOrUrl, payer)),
		decline: act((idOrUrl: string, errorCode?: ErrorCode, payer?: Payer) =>
			decline(simulation, idOrUrl, errorCode, payer),
		),
		complete: act((id: string) => complete(simulation, id)),
		renew: act((id: string) => renew(simulation, id)),
		failRenewal: act((id: string, code?: ErrorCode) => failRenewal(simulation, id, code)),
		cancelSubscription: act((id: string, options?: { atPeriodEnd?: boolean }) =>
			cancelSubscription(simulation, id, options),
		),
		pause: act((id: string, options?: { atPeriodEnd?: boolean; resumeAt?: string | null }) =>
			pauseSubscription(simulation, id, options),
		),
		resume: act((id: string) => resumeSubscription(simulation, id)),
		refund: act((id: string, amount?: string | number, reason?: string) =>
			refund(simulation, id, amount, reason),
		),
		approve: act((id: string) => decide(simulation, id, 'approved')),
		reject: act((id: string) => decide(simulation, id, 'rejected')),
		chargeback: act((id: string, amount?: string | number) =>
			chargeback(simulation, id, { amount }),
		),
		chargebackWarning: act((id: string) =>
			chargeback(simulation, id, { action: 'chargeback_warning' }),
		),
		chargebackReverse: act((id: string) => reverseChargeback(simulation, id)),
		simulate: (settingId, type, payload) => {
			const run = runSimulation(simulation, settingId, type, payload ?? null, '');
			return run.events.map(({ event }) => event.event_id);
		},
		replay: act((id: string) => events.replay(id).id),
		resend: (id) => events.resend(id),
		rotateSecret: (id) => {
			const setting = store.settings.get(id);
			store.previousSecrets.set(id, setting.endpoint_secret_key);
			setting.endpoint_secret_key = newEndpointSecret(id);
			return setting.endpoint_secret_key;
		},
		endRotation: (id) => {
			store.previousSecrets.delete(id);
		},
		createProduct: act((name: string) =>
			createProduct(simulation, { name, tax_category: 'standard' }),
		),
		createPrice: act(
			(
				productId: string,
				amount: string,
				currency: Price['unit_price']['currency_code'],
				interval?: 'day' | 'week' | 'month' | 'year',
			) =>
				createPrice(simulation, {
					product_id: productId,
					description: `${amount} ${currency}`,
					unit_price: { amount, currency_code: currency },
					billing_cycle: interval ? { interval, frequency: 1 } : null,
				}),
		),
	};
}
