import { newHex } from '../ids';
import { isCurrency, readAmount } from '../money';
import { planData } from '../objects/plan-and-subscription';
import type { Simulation } from '../simulation';
import type { PaymentPlan } from '../store';
import { FlutterwaveError, invalid } from './flutterwave-error';
import { isAsked, pageOf } from './paging';
import type { Answer, ApiCall, Route } from './router';

const INTERVAL =
	/^(hourly|daily|weekly|monthly|quarterly|bi-annually|yearly|every \w+ (day|week|month|year)s?)$/;

/** https://developer.flutterwave.com/docs/payment-plans-1 */
export const paymentPlanRoutes: Route[] = [
	{ method: 'post', path: '/payment-plans', handle: create },
	{ method: 'get', path: '/payment-plans', handle: list },
	{ method: 'get', path: '/payment-plans/:id', handle: get },
	{ method: 'put', path: '/payment-plans/:id', handle: update },
	{ method: 'put', path: '/payment-plans/:id/cancel', handle: cancel },
];

function create({ simulation, body }: ApiCall): Answer {
	const { name, interval, amount, currency = 'NGN', duration = 0 } = body;
	if (typeof name !== 'string' || name === '') throw invalid('name is required');
	if (typeof interval !== 'string' || interval === '') throw invalid('interval is required');
	if (!INTERVAL.test(interval)) throw invalid('interval is not valid');
	if (!isCurrency(currency)) throw invalid('currency is not supported');
	if (!Number.isInteger(Number(duration)) || Number(duration) < 0) {
		throw invalid('duration is not valid');
	}
	const fixed = amount === undefined || Number(amount) === 0 ? 0 : readAmount(amount, currency);
	if (fixed === null) throw invalid(`amount is not valid for ${currency}`);
	const plan: PaymentPlan = {
		id: simulation.store.ids.plan.next(),
		name,
		amount: fixed,
		interval,
		duration: Number(duration),
		status: 'active',
		currency,
		token: `rpp_${newHex(20)}`,
		createdAt: simulation.now(),
	};
	simulation.store.plans.set(plan.id, plan);
	return { message: 'Payment plan created', data: planData(plan) };
}

function list(call: ApiCall): Answer {
	const { simulation, query } = call;
	return {
		message: 'Payment plans fetched',
		...pageOf(
			call,
			simulation.store.plans.values(),
			(plan) =>
				isAsked(query['amount'], plan.amount) &&
				isAsked(query['currency'], plan.currency) &&
				isAsked(query['interval'], plan.interval) &&
				isAsked(query['status'], plan.status),
			planData,
		),
	};
}

function get({ simulation, id }: ApiCall): Answer {
	return { message: 'Payment plan fetched', data: planData(find(simulation, id)) };
}

function update({ simulation, id, body }: ApiCall): Answer {
	const plan = find(simulation, id);
	const { name, status } = body;
	if (typeof name === 'string' && name !== '') plan.name = name;
	if (typeof status === 'string') {
		if (!['active', 'cancelled'].includes(status)) throw invalid('status is not valid');
		plan.status = status;
	}
	return { message: 'Payment plan updated', data: planData(plan) };
}

function cancel({ simulation, id }: ApiCall): Answer {
	const plan = find(simulation, id);
	plan.status = 'cancelled';
	return { message: 'Payment plan cancelled', data: planData(plan) };
}

function find(simulation: Simulation, id: string): PaymentPlan {
	const plan = simulation.store.plans.get(Number(id));
	if (!plan)
		throw new FlutterwaveError(simulation.settings.notFoundStatus, 'Payment plan not found');
	return plan;
}
