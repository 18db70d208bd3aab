import type { KommoResource } from '../../operation';
import { complete } from './complete';
import { create } from './create';
import { getAll } from './get-all';
import { update } from './update';

export const task: KommoResource = {
	value: 'task',
	name: 'Task',
	operations: [complete, create, getAll, update],
};
