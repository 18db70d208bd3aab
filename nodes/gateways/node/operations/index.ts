import type { GatewayOperation } from '../gateway-operation';
import { createPaymentLink } from './create-payment-link';
import { deactivatePaymentLink } from './deactivate-payment-link';
import { getManyPayments } from './get-many-payments';
import { getPayment } from './get-payment';
import { getPaymentLink } from './get-payment-link';

/** Every operation of the gateway nodes, in the order of the editor's lists. */
export const OPERATIONS: readonly GatewayOperation[] = [
	createPaymentLink,
	deactivatePaymentLink,
	getPaymentLink,
	getPayment,
	getManyPayments,
];
