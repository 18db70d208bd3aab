import type { Express, Request, Response } from 'express';
import { addTask, changeTask, type NewTask } from '../activity-changes';
import type { Context } from '../context';
import { TASK_TYPES } from '../default-data';
import { ENTITY_TYPES, type EntityType, type Task } from '../entities';
import { ListQuery, selfLink, sendHal, sendList, sendWritten } from '../list-query';
import { notFound } from '../problem';
import {
	applyBatch,
	batchBody,
	isObject,
	objectBody,
	requestId,
	type Item,
	type ItemErrors,
} from '../validation';

export function taskRoutes(app: Express, ctx: Context): void {
	app.get('/api/v4/tasks', (req, res) => listTasks(ctx, req, res));
	app.get('/api/v4/tasks/:id', (req, res) => {
		const task = ctx.store.tasks.get(Number(req.params.id));
		if (task) sendHal(res, 200, renderTask(ctx, task));
		else res.status(204).end();
	});
	app.post('/api/v4/tasks', (req, res) => {
		const written = applyBatch(batchBody(req), (item, errors, index) => {
			const task = checkNewTask(ctx, item, errors);
			return () => {
				const id = addTask(ctx, task).id;
				return { id, request_id: requestId(item, index), ...selfLink(ctx, `tasks/${id}`) };
			};
		});
		sendWritten(ctx, res, 'tasks', 'tasks', written);
	});
	app.patch('/api/v4/tasks', (req, res) => {
		sendWritten(ctx, res, 'tasks', 'tasks', patchTasks(ctx, batchBody(req)));
	});
	app.patch('/api/v4/tasks/:id', (req, res) => {
		const [written] = patchTasks(ctx, [{ ...objectBody(req), id: Number(req.params.id) }]);
		if (ctx.switches.singlePatchShape === 'bare') sendHal(res, 200, written ?? {});
		else sendWritten(ctx, res, 'tasks', 'tasks', written ? [written] : []);
	});
}

function listTasks(ctx: Context, req: Request, res: Response): void {
	const query = new ListQuery(req);
	const types = query.filter('entity_type');
	const found = [...ctx.store.tasks.values()].filter(
		(task) =>
			query.accepts('id', task.id) &&
			query.accepts('responsible_user_id', task.responsible_user_id) &&
			query.accepts('is_completed', task.is_completed ? 1 : 0) &&
			query.accepts('task_type', task.task_type_id) &&
			(types === null || types.includes(task.entity_type ?? '')) &&
			// entity_id means nothing without its entity_type.
			(types === null || query.accepts('entity_id', task.entity_id)) &&
			query.inRange('updated_at', task.updated_at),
	);
	const sorted = query.sort(found, ['created_at', 'complete_till', 'id']);
	sendList(ctx, res, query, 'tasks', sorted, (task) => renderTask(ctx, task));
}

function renderTask(ctx: Context, task: Task): object {
	const { id, complete_till, text, result, ...rest } = task;
	return {
		id,
		...rest,
		text,
		result: result ?? [],
		complete_till,
		account_id: ctx.account.id,
		...selfLink(ctx, `tasks/${id}`),
	};
}

function checkTask(ctx: Context, item: Item, errors: ItemErrors): Partial<Task> {
	const user = (id: number) => ctx.store.users.has(id);
	const sent: Partial<Task> = {
		text: errors.string(item, 'text'),
		complete_till: errors.int(item, 'complete_till'),
		task_type_id: errors.oneOf(item, 'task_type_id', (id) =>
			TASK_TYPES.some((type) => type.id === id),
		),
		responsible_user_id: errors.oneOf(item, 'responsible_user_id', user),
		duration: errors.int(item, 'duration'),
		is_completed: errors.bool(item, 'is_completed'),
		created_by: errors.oneOf(item, 'created_by', (id) => id === 0 || user(id)),
		created_at: errors.int(item, 'created_at'),
	};
	if (item.result !== undefined) {
		if (isObject(item.result) && typeof item.result.text === 'string') {
			sent.result = { text: item.result.text };
		} else if (isObject(item.result)) errors.missing('result.text');
		else errors.invalidType('result', 'array');
	}
	Object.assign(sent, checkSubject(ctx, item, errors));
	for (const key of Object.keys(sent) as Array<keyof Task>) {
		if (sent[key] === undefined) delete sent[key];
	}
	return sent;
}

function checkSubject(ctx: Context, item: Item, errors: ItemErrors): Partial<Task> {
	const type = errors.string(item, 'entity_type');
	const id = errors.int(item, 'entity_id');
	if (type !== undefined && !ENTITY_TYPES.includes(type as EntityType)) {
		errors.notSupported('entity_type');
		return {};
	}
	if (id === undefined) return {};
	if (type === undefined) {
		errors.missing('entity_type');
		return {};
	}
	const entity = ctx.store.entities(type as EntityType).get(id);
	if (id <= 0) errors.tooLow('entity_id');
	else if (!entity || entity.is_deleted) errors.notSupported('entity_id');
	return { entity_id: id, entity_type: type as EntityType };
}

function checkNewTask(ctx: Context, item: Item, errors: ItemErrors): NewTask {
	const task = checkTask(ctx, item, errors);
	if (item.text === undefined || item.text === '') errors.missing('text');
	if (item.complete_till === undefined) errors.missing('complete_till');
	return { ...task, text: task.text ?? '', complete_till: task.complete_till ?? 0 };
}

function patchTasks(ctx: Context, items: Item[]): object[] {
	return applyBatch(items, (item, errors, index) => {
		const id = errors.int(item, 'id');
		if (item.id === undefined) errors.missing('id');
		const task = ctx.store.tasks.get(id ?? 0);
		if (id !== undefined && !task) {
			if (ctx.switches.missingPatch === 404) throw notFound('Task not found');
			errors.notSupported('id');
		}
		const change = checkTask(ctx, item, errors);
		return () => {
			if (task) changeTask(ctx, task, change);
			return {
				id,
				updated_at: task?.updated_at,
				request_id: requestId(item, index),
				...selfLink(ctx, `tasks/${id}`),
			};
		};
	});
}
