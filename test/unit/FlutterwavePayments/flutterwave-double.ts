import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../nodes/core/json';
import type { GatewayContext } from '../../../nodes/gateways/gateway';
import { axiosSend } from '../../http/axios-send';
import { providerAnswers, type Answer, type Sent } from '../../http/provider-double';

const HOST = 'https://api.flutterwave.com';

export const context: GatewayContext = {
	send: axiosSend(HOST, 'the key of the tests'),
	now: () => Date.parse('2026-11-20T12:00:00Z'),
	live: true,
};

/** Answers like Flutterwave, from a table of `METHOD /path?query` to one answer or several in turn. */
export function flutterwaveAnswers(table: Record<string, object | Answer[]>): Sent[] {
	return providerAnswers(HOST, table);
}

/** A payload of test/fixtures/flutterwave. */
export function flutterwaveFixture(name: string): JsonObject {
	const file = join(__dirname, '../../fixtures/flutterwave', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
}

/** The answer to "verify" of the fixtures with some fields of its transaction changed. */
export function verified(changes: JsonObject = {}): { status: string; data: JsonObject } {
	const answer = flutterwaveFixture('v3.api.transactions.verify.card.successful');
	return { ...answer, status: 'success', data: { ...(answer['data'] as JsonObject), ...changes } };
}

/** An answer that is a list of one page. */
export function listOf(...data: object[]): object {
	const page_info = { total: data.length, current_page: 1, total_pages: 1 };
	return { status: 'success', message: 'fetched', meta: { page_info }, data };
}
