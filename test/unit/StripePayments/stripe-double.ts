import type { GatewayContext } from '../../../nodes/gateways/gateway';
import { axiosSend } from '../../http/axios-send';
import { providerAnswers, type Answer, type Sent } from '../../http/provider-double';

const HOST = 'https://api.stripe.com';

export const context: GatewayContext = {
	send: axiosSend(HOST, 'rk_test_of_the_tests'),
	now: () => Date.parse('2026-11-20T12:00:00Z'),
	live: false,
};

/** Answers like Stripe, from a table of `METHOD /path?query` to one answer or several in turn. */
export function stripeAnswers(table: Record<string, object | Answer[]>): Sent[] {
	return providerAnswers(HOST, table, { 'request-id': 'req_of_the_test' });
}

export function listOf(...data: object[]): object {
	return { object: 'list', has_more: false, data };
}
