import { integration, type Context } from './context';
import type { EntityType, Note, Task } from './entities';

export function addNote(
	ctx: Context,
	input: { entity_type: EntityType; entity_id: number; note_type: string } & Pick<Note, 'params'> &
		Partial<Pick<Note, 'created_by' | 'responsible_user_id' | 'created_at'>>,
	actor = integration(ctx),
): Note {
	const now = ctx.seconds();
	const entity = ctx.store.entities(input.entity_type).get(input.entity_id);
	const note: Note = {
		id: ctx.store.nextId('notes'),
		entity_type: input.entity_type,
		entity_id: input.entity_id,
		created_by: input.created_by ?? actor.createdBy,
		updated_by: input.created_by ?? actor.createdBy,
		created_at: input.created_at ?? now,
		updated_at: input.created_at ?? now,
		responsible_user_id:
			input.responsible_user_id ?? entity?.responsible_user_id ?? actor.createdBy,
		group_id: 0,
		note_type: input.note_type,
		params: input.params,
		is_pinned: false,
	};
	ctx.store.notes.set(note.id, note);
	ctx.events.noteAdded(note);
	return note;
}

export type NewTask = Partial<Task> & Pick<Task, 'text' | 'complete_till'>;

export function addTask(ctx: Context, input: NewTask, actor = integration(ctx)): Task {
	const now = ctx.seconds();
	const task: Task = {
		created_by: actor.createdBy,
		updated_by: actor.createdBy,
		created_at: now,
		updated_at: now,
		responsible_user_id: actor.createdBy,
		group_id: 0,
		entity_id: null,
		entity_type: null,
		duration: 0,
		is_completed: false,
		task_type_id: 1,
		result: null,
		...input,
		id: ctx.store.nextId('tasks'),
	};
	ctx.store.tasks.set(task.id, task);
	if (task.entity_type && task.entity_id) {
		ctx.store.refreshClosestTask(task.entity_type, task.entity_id);
	}
	ctx.events.task('add', task);
	return task;
}

export function changeTask(
	ctx: Context,
	task: Task,
	change: Partial<Task>,
	actor = integration(ctx),
): void {
	const old = {
		text: task.text,
		closed: change.is_completed === true && !task.is_completed,
	};
	const reassigned =
		change.responsible_user_id !== undefined &&
		change.responsible_user_id !== task.responsible_user_id;
	Object.assign(task, change, { updated_at: ctx.seconds(), updated_by: actor.modifiedBy });
	if (task.entity_type && task.entity_id) {
		ctx.store.refreshClosestTask(task.entity_type, task.entity_id);
	}
	if (reassigned) ctx.events.task('responsible', task);
	ctx.events.task('update', task, old);
}
