import { UserError } from 'n8n-workflow';
import { createTasks, type NewTask } from '../../client/tasks';
import { isoTime } from '../../client/unix-time';
import { RESPONSIBLE_USER } from '../../descriptions/choices';
import {
	OPTIONAL_TARGET,
	optionalTargetOf,
	targetField,
	type Target,
} from '../../descriptions/entities';
import { collectionOf } from '../../descriptions/lists';
import { timeParameter } from '../../descriptions/times';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';
import { isGiven } from '../lead/lead-fields';
import { TASK_TYPE } from './task-fields';

interface TargetedTask {
	target: Target | null;
	task: NewTask;
}

const DAY_S = 86_400;

export const create: KommoOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create task',
	description: 'Give somebody a task about a lead or contact, or a general one',
	properties: [
		...OPTIONAL_TARGET,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			required: true,
			placeholder: 'e.g. Remind the client of the invoice',
		},
		{
			displayName: 'Due',
			name: 'dueAt',
			type: 'dateTime',
			default: '',
			description: 'Left empty: 24 hours from now',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					...RESPONSIBLE_USER,
					description: `Left empty: the responsibleUserId of the incoming item, else the user of the access token. ${RESPONSIBLE_USER.description}`,
				},
				TASK_TYPE,
			],
		},
	],
	async execute(run) {
		return await writtenItems<TargetedTask>(run, {
			prepare: (itemIndex) => targetedTask(run, itemIndex),
			write: async (tasks) =>
				await createTasks(
					run.kommo.api,
					tasks.map(({ task }) => task),
				),
			result: (taskId, { target, task }) => ({
				taskId,
				...(target ? targetField(target) : {}),
				text: task.text,
				dueAt: isoTime(task.complete_till),
			}),
		});
	},
};

function targetedTask({ context, items }: OperationRun, itemIndex: number): TargetedTask {
	const target = optionalTargetOf(context, itemIndex);
	const text = String(context.getNodeParameter('text', itemIndex)).trim();
	if (text === '') {
		throw new UserError('The task has no text', { description: 'Enter something in "Text".' });
	}
	const due = timeParameter(context, context.getNodeParameter('dueAt', itemIndex, ''), 'Due');
	const fields = collectionOf(context, 'additionalFields', itemIndex);
	const user = isGiven(fields.responsibleUserId)
		? fields.responsibleUserId
		: items[itemIndex]?.json.responsibleUserId;
	const task: NewTask = {
		text,
		complete_till: due ?? Math.floor(Date.now() / 1000) + DAY_S,
		...(target ? { entity_id: target.id, entity_type: target.entity } : {}),
		...(Number(user) > 0 ? { responsible_user_id: Number(user) } : {}),
		...(isGiven(fields.taskTypeId) ? { task_type_id: Number(fields.taskTypeId) } : {}),
	};
	return { target, task };
}
