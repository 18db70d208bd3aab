import type { INodeProperties } from 'n8n-workflow';
import type { Task } from '../../client/tasks';
import { isoTime } from '../../client/unix-time';
import { chooseOne } from '../../descriptions/choices';
import { stringAt } from '../../../core/json';

export const TASK_TYPE: INodeProperties = chooseOne('Task Type', 'taskTypeId', 'getTaskTypes');

/** What people ask of a task, under the names the other nodes of this package use. */
export function simpleTask(task: Task): object {
	const entity = task.entity_type === 'leads' ? 'leadId' : 'contactId';
	const isNamed = task.entity_type === 'leads' || task.entity_type === 'contacts';
	return {
		taskId: task.id,
		text: task.text,
		...(isNamed ? { [entity]: task.entity_id } : {}),
		taskTypeId: task.task_type_id,
		responsibleUserId: task.responsible_user_id,
		completed: task.is_completed,
		result: stringAt(task.result, 'text'),
		dueAt: isoTime(task.complete_till),
		createdAt: isoTime(task.created_at),
		updatedAt: isoTime(task.updated_at),
	};
}
