import type { Simulation } from '../simulation';
import type { Subscription } from '../store';
import { isoTime } from '../timestamps';

/** Only the event's name, `data.status` and `data.customer.email` are corroborated. */
export function subscriptionCancelledBody(
	simulation: Simulation,
	subscription: Subscription,
): object {
	const plan = simulation.store.plan(subscription.planId);
	return {
		event: 'subscription.cancelled',
		data: {
			...(simulation.settings.cancelledSubscriptionHasId && { id: subscription.id }),
			status: 'deactivated',
			currency: subscription.currency,
			amount: subscription.amount,
			customer: { email: subscription.customer.email, full_name: subscription.customer.name },
			plan: {
				id: plan.id,
				name: plan.name,
				amount: plan.amount,
				currency: plan.currency,
				interval: plan.interval,
				duration: plan.duration,
				status: plan.status,
				date_created: isoTime(plan.createdAt),
			},
		},
	};
}
