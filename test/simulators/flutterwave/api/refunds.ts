import { refundData } from '../objects/refund';
import { FlutterwaveError } from './flutterwave-error';
import { isAsked, pageOf } from './paging';
import type { Answer, ApiCall, Route } from './router';

/** https://developer.flutterwave.com/v3.0.0/reference/get-all-refunds */
export const refundRoutes: Route[] = [
	{ method: 'get', path: '/refunds', handle: list },
	{ method: 'get', path: '/refunds/:id', handle: get },
];

function list(call: ApiCall): Answer {
	const { simulation, query } = call;
	const { store } = simulation;
	return {
		message: 'Transaction refunds fetched',
		...pageOf(
			call,
			store.refunds.values(),
			(refund) =>
				isAsked(query['status'], refund.status) &&
				isAsked(query['flw_ref'], refund.flwRef) &&
				isAsked(query['id'], refund.transactionId) &&
				isAsked(query['currency'], store.transaction(refund.transactionId).currency),
			(refund) => refundData(simulation, refund),
		),
	};
}

function get({ simulation, id }: ApiCall): Answer {
	const refund = simulation.store.refunds.get(Number(id));
	if (!refund) throw new FlutterwaveError(simulation.settings.notFoundStatus, 'Refund not found');
	return { message: 'Transaction refund fetched', data: refundData(simulation, refund) };
}
