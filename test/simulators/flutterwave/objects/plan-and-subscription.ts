import type { PaymentPlan, Subscription } from '../store';
import { isoTime } from '../timestamps';

export function planData(plan: PaymentPlan): object {
	return {
		id: plan.id,
		name: plan.name,
		amount: plan.amount,
		interval: plan.interval,
		duration: plan.duration,
		status: plan.status,
		currency: plan.currency,
		plan_token: plan.token,
		created_at: isoTime(plan.createdAt),
	};
}

export function subscriptionData(subscription: Subscription): object {
	return {
		id: subscription.id,
		amount: subscription.amount,
		customer: {
			id: subscription.customer.id,
			customer_email: subscription.customer.email,
		},
		plan: subscription.planId,
		status: subscription.status,
		created_at: isoTime(subscription.createdAt),
	};
}
