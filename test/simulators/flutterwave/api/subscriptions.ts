import { subscriptionData } from '../objects/plan-and-subscription';
import { cancelSubscription } from '../payments/subscribing';
import type { Simulation } from '../simulation';
import type { Subscription } from '../store';
import { FlutterwaveError } from './flutterwave-error';
import { isAsked, pageOf } from './paging';
import type { Answer, ApiCall, Route } from './router';

/** https://developer.flutterwave.com/reference/endpoints/subscriptions */
export const subscriptionRoutes: Route[] = [
	{ method: 'get', path: '/subscriptions', handle: list },
	{ method: 'put', path: '/subscriptions/:id/cancel', handle: cancel },
	{ method: 'put', path: '/subscriptions/:id/activate', handle: activate },
];

function list(call: ApiCall): Answer {
	const { simulation, query } = call;
	return {
		message: 'Plan subscriptions fetched',
		...pageOf(
			call,
			simulation.store.subscriptions.values(),
			({ customer, transactionId, planId, status }) =>
				isAsked(query['email'], customer.email) &&
				isAsked(query['transaction_id'], transactionId) &&
				isAsked(query['plan'], planId) &&
				isAsked(query['status'], status),
			subscriptionData,
		),
	};
}

function cancel({ simulation, id }: ApiCall): Answer {
	const subscription = find(simulation, id);
	cancelSubscription(simulation, subscription);
	return { message: 'Subscription cancelled', data: subscriptionData(subscription) };
}

function activate({ simulation, id }: ApiCall): Answer {
	const subscription = find(simulation, id);
	subscription.status = 'active';
	subscription.failedTries = 0;
	return { message: 'Subscription activated', data: subscriptionData(subscription) };
}

function find(simulation: Simulation, id: string): Subscription {
	const subscription = simulation.store.subscriptions.get(Number(id));
	if (!subscription) {
		throw new FlutterwaveError(simulation.settings.notFoundStatus, 'Subscription not found');
	}
	return subscription;
}
