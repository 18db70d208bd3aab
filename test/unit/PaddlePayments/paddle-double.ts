import type { GatewayContext } from '../../../nodes/gateways/gateway';
import { axiosSend } from '../../http/axios-send';
import { providerAnswers, type Answer, type Sent } from '../../http/provider-double';

const HOST = 'https://sandbox-api.paddle.com';

export const context: GatewayContext = {
	send: axiosSend(HOST, 'pdl_sdbx_apikey_of_the_tests'),
	now: () => Date.parse('2026-11-20T12:00:00Z'),
	live: false,
};

/** Answers like Paddle, from a table of `METHOD /path?query` to one body or several answers in turn. */
export function paddleAnswers(table: Record<string, object | Answer[]>): Sent[] {
	return providerAnswers(HOST, table, { 'request-id': 'request-of-the-test' });
}

/** One entity as Paddle answers it. */
export function entity(data: object): object {
	return { data, meta: { request_id: 'request-of-the-test' } };
}

/** A list of one page. */
export function page(...data: object[]): object {
	const pagination = { per_page: 30, next: '', has_more: false, estimated_total: data.length };
	return { data, meta: { request_id: 'request-of-the-test', pagination } };
}
