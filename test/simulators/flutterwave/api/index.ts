import type { Router } from 'express';
import { balanceRoutes } from './balances';
import { paymentPlanRoutes } from './payment-plans';
import { paymentRoutes } from './payments';
import { refundRoutes } from './refunds';
import { apiRouter } from './router';
import { subscriptionRoutes } from './subscriptions';
import { transactionRoutes } from './transactions';

/** Every resource of the simulated API, under `/v3`. */
export function api(): Router {
	return apiRouter([
		...paymentRoutes,
		...transactionRoutes,
		...refundRoutes,
		...paymentPlanRoutes,
		...subscriptionRoutes,
		...balanceRoutes,
	]);
}
