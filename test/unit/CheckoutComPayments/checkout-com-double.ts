import type { GatewayContext } from '../../../nodes/gateways/gateway';
import { axiosSend } from '../../http/axios-send';
import { providerAnswers, type Answer, type Sent } from '../../http/provider-double';

const HOST = 'https://vkuhvk4v.api.sandbox.checkout.com';

export const context: GatewayContext = {
	send: axiosSend(HOST, 'sk_sbox_of_the_tests'),
	now: () => Date.parse('2026-11-20T12:00:00Z'),
	live: false,
};

/** Answers like Checkout.com, from a table of `METHOD /path?query` to one answer or several in turn. */
export function checkoutComAnswers(table: Record<string, object | Answer[]>): Sent[] {
	return providerAnswers(HOST, table, { 'cko-request-id': 'request-of-the-test' });
}

/** No payments under a reference. */
export const NO_PAYMENTS = { limit: 100, skip: 0, total_count: 0, data: [] };
