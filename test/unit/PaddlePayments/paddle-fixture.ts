import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Entity = Record<string, unknown>;

export interface EventFixture {
	event_id: string;
	event_type: string;
	occurred_at: string;
	notification_id?: string;
	data: Entity;
}

export function paddleFixture<T>(name: string): T {
	const file = join(__dirname, '../../fixtures/paddle', `${name}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** An event of the fixtures with some fields of its entity changed; undefined removes one. */
export function paddleEvent(
	name: string,
	changes: Entity = {},
	envelope: Partial<EventFixture> = {},
): EventFixture {
	const event = paddleFixture<EventFixture>(/^derived\./.test(name) ? name : `openapi.${name}`);
	const data = JSON.parse(JSON.stringify({ ...event.data, ...changes })) as Entity;
	return { ...event, ...envelope, data };
}

/** What our links carry. */
export const LEAD = 31415926;
export const CUSTOM_DATA = {
	kommo_lead_id: String(LEAD),
	kommo_contact_id: '27182818',
	kommo_responsible_user_id: '16180339',
	kommo_reference: `kommo_${LEAD}_0a1b2c3d4e`,
};
