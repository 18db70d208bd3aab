import { writeAll } from './batches';
import type { KommoApi, Query } from './kommo-api';

/** A task as Kommo returns it. Times are Unix seconds. */
export interface Task {
	id: number;
	text: string;
	entity_id: number | null;
	entity_type: string | null;
	task_type_id: number;
	responsible_user_id: number;
	is_completed: boolean;
	complete_till: number;
	created_at: number;
	updated_at: number;
	/** An empty list as long as there is no result. */
	result: { text: string } | unknown[];
}

export type TaskEntity = 'leads' | 'contacts' | 'companies';

export interface TaskFields {
	text?: string;
	/** Unix seconds. */
	complete_till?: number;
	entity_id?: number;
	entity_type?: TaskEntity;
	/** 1 is Follow-up, 2 Meeting; the account may have more. */
	task_type_id?: number;
	/** The token's own user when left out. */
	responsible_user_id?: number;
	is_completed?: boolean;
	result?: { text: string };
}

export interface NewTask extends TaskFields {
	text: string;
	complete_till: number;
}

export interface TaskPatch extends TaskFields {
	id: number;
}

const TASKS = '/api/v4/tasks';

/** In batches of 50; the ids come back in the order given. */
export async function createTasks(api: KommoApi, tasks: readonly NewTask[]): Promise<number[]> {
	return await writeAll(api, { method: 'POST', path: TASKS, embeddedKey: 'tasks' }, tasks);
}

/** In batches of 50; what a patch leaves out stays as it is. */
export async function updateTasks(api: KommoApi, patches: readonly TaskPatch[]): Promise<number[]> {
	return await writeAll(api, { method: 'PATCH', path: TASKS, embeddedKey: 'tasks' }, patches);
}

export function completion(id: number, resultText?: string): TaskPatch {
	return { id, is_completed: true, ...(resultText ? { result: { text: resultText } } : {}) };
}

export interface TaskFilter {
	entityType?: TaskEntity;
	/** Only together with entityType. */
	entityIds?: readonly number[];
	isCompleted?: boolean;
	responsibleUserIds?: readonly number[];
	taskTypeIds?: readonly number[];
	/** Unix seconds. */
	updatedSince?: number;
	order?: readonly [by: 'created_at' | 'complete_till' | 'id', direction: 'asc' | 'desc'];
	/** Smaller pages than 250. */
	pageSize?: number;
}

export async function* listTasks(api: KommoApi, filter: TaskFilter = {}): AsyncGenerator<Task> {
	for await (const entry of api.pages(TASKS, filterQuery(filter), 'tasks')) {
		yield entry as unknown as Task;
	}
}

function filterQuery(filter: TaskFilter): Query {
	const many = (key: string, ids: readonly number[] = []) =>
		ids.map((id) => [`filter[${key}][]`, String(id)] as const);
	const one = (key: string, value: string | number | undefined) =>
		value === undefined ? [] : [[key, String(value)] as const];
	const { isCompleted, order } = filter;
	return [
		...one('filter[entity_type]', filter.entityType),
		...many('entity_id', filter.entityIds),
		...one('filter[is_completed]', isCompleted === undefined ? undefined : Number(isCompleted)),
		...many('responsible_user_id', filter.responsibleUserIds),
		// The only place where Kommo does not call it task_type_id.
		...many('task_type', filter.taskTypeIds),
		...one('filter[updated_at][from]', filter.updatedSince),
		...(order ? one(`order[${order[0]}]`, order[1]) : []),
		...one('limit', filter.pageSize),
	];
}
