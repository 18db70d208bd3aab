import { completion, updateTasks, type TaskPatch } from '../../client/tasks';
import { locatedId, TASK } from '../../descriptions/locators';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation } from '../../operation';

export const complete: KommoOperation = {
	value: 'complete',
	name: 'Complete',
	action: 'Complete task',
	description: 'Tick a task off, with a result',
	properties: [
		TASK,
		{
			displayName: 'Result',
			name: 'result',
			type: 'string',
			default: '',
			placeholder: 'e.g. The client has paid',
		},
	],
	async execute(run) {
		const { context, kommo } = run;
		return await writtenItems<TaskPatch>(run, {
			prepare: (itemIndex) =>
				completion(
					locatedId(context, 'taskId', itemIndex),
					String(context.getNodeParameter('result', itemIndex, '')),
				),
			write: async (patches) => await updateTasks(kommo.api, patches),
			result: (taskId) => ({ taskId, completed: true }),
		});
	},
};
