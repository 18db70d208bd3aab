import { subscriptionError } from '../api/paddle-error';
import { addCycle } from '../entities/subscription';
import type { Simulation } from '../simulation';
import type { Subscription } from '../wire';

/**
 * Cancels at once (subscription.canceled), or schedules it for the end of the period
 * (subscription.updated with `scheduled_change`).
 * @throws PaddleError 400 when it is canceled already or another change waits
 */
export function cancelSubscription(
	simulation: Simulation,
	id: string,
	{ atPeriodEnd = false } = {},
): Subscription {
	const subscription = changeable(simulation, id);
	if (atPeriodEnd && subscription.next_billed_at) {
		return schedule(simulation, subscription, 'cancel');
	}
	return cancelNow(simulation, subscription);
}

/** @throws PaddleError 400 unless it is active (or trialing) with no other change waiting */
export function pauseSubscription(
	simulation: Simulation,
	id: string,
	{ atPeriodEnd = false, resumeAt = null as string | null } = {},
): Subscription {
	const subscription = changeable(simulation, id);
	if (subscription.status === 'paused') {
		throw subscriptionError(
			'subscription_update_when_paused',
			'cannot update subscription, as subscription is paused',
		);
	}
	if (atPeriodEnd) return schedule(simulation, subscription, 'pause', resumeAt);
	return pauseNow(simulation, subscription, resumeAt);
}

/** Starts a new billing period. @throws PaddleError 400 unless it is paused */
export function resumeSubscription(simulation: Simulation, id: string): Subscription {
	const subscription = simulation.store.subscriptions.get(id);
	if (subscription.status !== 'paused') {
		throw subscriptionError(
			'subscription_must_be_paused',
			'action can only be performed on paused subscription',
		);
	}
	const starts = simulation.timestamp();
	const ends = addCycle(starts, subscription.billing_cycle);
	subscription.status = 'active';
	subscription.paused_at = null;
	subscription.scheduled_change = null;
	subscription.current_billing_period = { starts_at: starts, ends_at: ends };
	setNextBilling(subscription, ends, 'active');
	subscription.updated_at = simulation.timestamp();
	simulation.events.emit('subscription.resumed', subscription);
	return subscription;
}

/** What was scheduled for the end of the period happens. */
export function applyScheduledChange(simulation: Simulation, subscription: Subscription): void {
	const change = subscription.scheduled_change;
	subscription.scheduled_change = null;
	if (change?.action === 'cancel') cancelNow(simulation, subscription);
	if (change?.action === 'pause') pauseNow(simulation, subscription, change.resume_at ?? null);
}

function changeable({ store }: Simulation, id: string): Subscription {
	const subscription = store.subscriptions.get(id);
	if (subscription.status === 'canceled') {
		throw subscriptionError(
			'subscription_update_when_canceled',
			'cannot update subscription, as subscription is canceled',
		);
	}
	if (subscription.scheduled_change) {
		throw subscriptionError(
			'subscription_locked_pending_changes',
			'cannot update subscription, pending scheduled changes',
		);
	}
	return subscription;
}

function schedule(
	simulation: Simulation,
	subscription: Subscription,
	action: 'cancel' | 'pause',
	resumeAt: string | null = null,
): Subscription {
	subscription.scheduled_change = {
		action,
		effective_at: subscription.next_billed_at ?? simulation.timestamp(),
		resume_at: resumeAt,
	};
	subscription.updated_at = simulation.timestamp();
	simulation.events.emit('subscription.updated', subscription);
	return subscription;
}

function cancelNow(simulation: Simulation, subscription: Subscription): Subscription {
	const at = simulation.timestamp();
	subscription.status = 'canceled';
	subscription.canceled_at = at;
	subscription.updated_at = at;
	subscription.current_billing_period = null;
	subscription.scheduled_change = null;
	setNextBilling(subscription, null, 'inactive');
	simulation.events.emit('subscription.canceled', subscription);
	return subscription;
}

function pauseNow(
	simulation: Simulation,
	subscription: Subscription,
	resumeAt: string | null,
): Subscription {
	const at = simulation.timestamp();
	subscription.status = 'paused';
	subscription.paused_at = at;
	subscription.updated_at = at;
	subscription.current_billing_period = null;
	subscription.scheduled_change = resumeAt
		? { action: 'resume', effective_at: resumeAt, resume_at: null }
		: null;
	setNextBilling(subscription, null, 'active');
	simulation.events.emit('subscription.paused', subscription);
	return subscription;
}

function setNextBilling(
	subscription: Subscription,
	at: string | null,
	status: 'active' | 'inactive',
): void {
	subscription.next_billed_at = at;
	for (const item of subscription.items) {
		item.next_billed_at = at;
		item.status = status;
	}
}
