import type { KommoOperation, KommoResource } from '../operation';
import { contact } from './contact';
import { customField } from './custom-field';
import { lead } from './lead';
import { note } from './note';
import { payment } from './payment';
import { pipeline } from './pipeline';
import { salesbot } from './salesbot';
import { task } from './task';
import { user } from './user';

/** In the order of the editor's list: alphabetical by name. */
export const RESOURCES: readonly KommoResource[] = [
	contact,
	customField,
	lead,
	note,
	payment,
	pipeline,
	salesbot,
	task,
	user,
];

const OPERATIONS: ReadonlyMap<string, KommoOperation> = new Map(
	RESOURCES.flatMap(({ value: resource, operations }) =>
		operations.map((operation) => [`${resource}:${operation.value}`, operation] as const),
	),
);

/** undefined when a saved workflow names one that does not exist (any more). */
export function operationOf(resource: string, operation: string): KommoOperation | undefined {
	return OPERATIONS.get(`${resource}:${operation}`);
}
