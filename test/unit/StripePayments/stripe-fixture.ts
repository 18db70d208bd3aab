import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface EventFixture {
	id: string;
	type: string;
	created: number;
	livemode: boolean;
	data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
}

export function stripeFixture<T>(name: string): T {
	const file = join(__dirname, '../../fixtures/stripe', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** An event of the fixtures with some fields of its object changed; undefined removes one. */
export function stripeEvent(
	name: string,
	changes: Record<string, unknown> = {},
	type?: string,
): EventFixture {
	const event = stripeFixture<EventFixture>(`event.${name}`);
	const object = JSON.parse(JSON.stringify({ ...event.data.object, ...changes })) as Record<
		string,
		unknown
	>;
	return { ...event, type: type ?? event.type, data: { ...event.data, object } };
}
