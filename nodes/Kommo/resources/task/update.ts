import { UserError } from 'n8n-workflow';
import { updateTasks, type TaskPatch } from '../../client/tasks';
import { RESPONSIBLE_USER } from '../../descriptions/choices';
import { collectionOf } from '../../descriptions/lists';
import { locatedId, TASK } from '../../descriptions/locators';
import { timeParameter } from '../../descriptions/times';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';
import { isGiven } from '../lead/lead-fields';
import { TASK_TYPE } from './task-fields';

export const update: KommoOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update task',
	description: 'Change text, due date, type or responsible user of a task',
	properties: [
		TASK,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Due', name: 'dueAt', type: 'dateTime', default: '' },
				RESPONSIBLE_USER,
				TASK_TYPE,
				{ displayName: 'Text', name: 'text', type: 'string', default: '' },
			],
		},
	],
	async execute(run) {
		return await writtenItems<TaskPatch>(run, {
			prepare: (itemIndex) => patchOf(run, itemIndex),
			write: async (patches) => await updateTasks(run.kommo.api, patches),
			result: (taskId) => ({ taskId, updated: true }),
		});
	},
};

function patchOf({ context }: OperationRun, itemIndex: number): TaskPatch {
	const id = locatedId(context, 'taskId', itemIndex);
	const { text, dueAt, responsibleUserId, taskTypeId } = collectionOf(
		context,
		'updateFields',
		itemIndex,
	);
	const due = timeParameter(context, dueAt, 'Due');
	const changes = {
		...(isGiven(text) ? { text: String(text) } : {}),
		...(due === undefined ? {} : { complete_till: due }),
		...(isGiven(responsibleUserId) ? { responsible_user_id: Number(responsibleUserId) } : {}),
		...(isGiven(taskTypeId) ? { task_type_id: Number(taskTypeId) } : {}),
	};
	if (Object.keys(changes).length === 0) {
		throw new UserError('There is nothing to update', {
			description: 'Add a field under "Update Fields" and give it a value.',
		});
	}
	return { id, ...changes };
}
