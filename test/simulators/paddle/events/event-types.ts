import { resolve } from '../api/openapi';
import type { EventType } from '../wire';

const documented = resolve({ $ref: '#/components/schemas/event_type_name' })['enum'] as string[];

/** Newer than the OpenAPI document, known to @paddle/paddle-node-sdk 3.10.0. */
const NEWER = [
	'api_key_exposure.created',
	'client_token.created',
	'client_token.revoked',
	'client_token.updated',
	'discount_group.created',
	'discount_group.updated',
];

export const eventTypes: EventType[] = [...documented, ...NEWER].map((name) => {
	const [entity = '', verb = ''] = name.split('.');
	const group = entity.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
	return {
		name,
		description: `Occurs when ${/^[aeiou]/.test(entity) ? 'an' : 'a'} ${group.toLowerCase()} is ${verb.replaceAll('_', ' ')}.`,
		group,
		available_versions: [1],
	};
});
