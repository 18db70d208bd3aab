import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface EventFixture {
	id: string;
	type: string;
	created_on?: string;
	data: Record<string, unknown>;
}

export function checkoutComFixture<T>(name: string): T {
	const file = join(__dirname, '../../fixtures/checkout-com', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** An event of the fixtures with some fields of its data changed; undefined removes one. */
export function checkoutComEvent(
	name: string,
	changes: Record<string, unknown> = {},
	type?: string,
): EventFixture {
	const event = checkoutComFixture<EventFixture>(`event.${name}`);
	const data = JSON.parse(JSON.stringify({ ...event.data, ...changes })) as EventFixture['data'];
	return { ...event, type: type ?? event.type, data };
}
