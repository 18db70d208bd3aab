import type { Express, Request, Response } from 'express';
import { addNote } from '../activity-changes';
import type { Context } from '../context';
import type { EntityType, Note } from '../entities';
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

/** The params every note type needs (Kommo reference, note types). */
const REQUIRED_PARAMS: Record<string, string[]> = {
	common: ['text'],
	call_in: ['uniq', 'duration', 'source', 'link', 'phone'],
	call_out: ['uniq', 'duration', 'source', 'link', 'phone'],
	service_message: ['service', 'text'],
	extended_service_message: ['service', 'text'],
	geolocation: ['text', 'address', 'longitude', 'latitude'],
	sms_in: ['text', 'phone'],
	sms_out: ['text', 'phone'],
	attachment: ['file_uuid', 'version_uuid', 'file_name'],
};

export function noteRoutes(app: Express, ctx: Context, type: EntityType): void {
	const base = `/api/v4/${type}`;
	app.get(`${base}/notes`, (req, res) => listNotes(ctx, type, null, req, res));
	app.get(`${base}/:entityId/notes`, (req, res) =>
		listNotes(ctx, type, Number(req.params.entityId), req, res),
	);
	app.get([`${base}/notes/:id`, `${base}/:entityId/notes/:id`], (req, res) => {
		const note = ctx.store.notes.get(Number(req.params.id));
		if (note?.entity_type === type) sendHal(res, 200, renderNote(ctx, note, new Set()));
		else res.status(204).end();
	});
	app.post(`${base}/notes`, (req, res) => createNotes(ctx, type, batchBody(req), res));
	app.post(`${base}/:entityId/notes`, (req, res) => {
		const entity_id = Number(req.params.entityId);
		const items = batchBody(req).map((item) => ({ ...item, entity_id }));
		createNotes(ctx, type, items, res);
	});
	app.patch([`${base}/notes`, `${base}/:entityId/notes`], (req, res) => {
		sendWritten(ctx, res, `${type}/notes`, 'notes', patchNotes(ctx, type, batchBody(req)));
	});
	app.patch([`${base}/notes/:id`, `${base}/:entityId/notes/:id`], (req, res) => {
		const id = Number(req.params.id);
		const entity_id = ctx.store.notes.get(id)?.entity_id;
		const [written] = patchNotes(ctx, type, [{ entity_id, ...objectBody(req), id }]);
		if (ctx.switches.singlePatchShape === 'bare') sendHal(res, 200, written ?? {});
		else sendWritten(ctx, res, `${type}/notes`, 'notes', written ? [written] : []);
	});
	app.post(`${base}/notes/:id/:pin`, (req, res, next) => {
		const note = ctx.store.notes.get(Number(req.params.id));
		if (req.params.pin !== 'pin' && req.params.pin !== 'unpin') return next();
		if (note?.entity_type !== type) throw notFound('Note not found');
		note.is_pinned = req.params.pin === 'pin';
		res.status(204).end();
	});
}

function listNotes(
	ctx: Context,
	type: EntityType,
	entityId: number | null,
	req: Request,
	res: Response,
): void {
	const query = new ListQuery(req);
	const types = query.filter('note_type');
	const found = [...ctx.store.notes.values()].filter(
		(note) =>
			note.entity_type === type &&
			(entityId === null || note.entity_id === entityId) &&
			query.accepts('id', note.id) &&
			query.accepts('entity_id', note.entity_id) &&
			(types === null || types.includes(note.note_type)) &&
			query.inRange('updated_at', note.updated_at),
	);
	const sorted = query.sort(found, ['updated_at', 'id']);
	sendList(ctx, res, query, 'notes', sorted, (note) => renderNote(ctx, note, query.options));
}

function renderNote(ctx: Context, note: Note, options: ReadonlySet<string>): object {
	const { entity_type, is_pinned, ...rest } = note;
	return {
		...rest,
		account_id: ctx.account.id,
		...(options.has('is_pinned') ? { is_pinned } : {}),
		...selfLink(ctx, `${entity_type}/${note.entity_id}/notes/${note.id}`),
	};
}

function createNotes(ctx: Context, type: EntityType, items: Item[], res: Response): void {
	const known = (id: number) => ctx.store.users.has(id) || id === 0;
	const written = applyBatch(items, (item, errors, index) => {
		const entityId = checkEntityId(ctx, type, item, errors);
		const noteType = errors.string(item, 'note_type');
		if (item.note_type === undefined) errors.missing('note_type');
		if (noteType !== undefined && !REQUIRED_PARAMS[noteType]) errors.notSupported('note_type');
		const params = checkParams(noteType, item, errors);
		const created_by = errors.oneOf(item, 'created_by', known);
		const responsible_user_id = errors.oneOf(item, 'responsible_user_id', known);
		const created_at = errors.int(item, 'created_at');
		return () => {
			const note = addNote(ctx, {
				entity_type: type,
				entity_id: entityId ?? 0,
				note_type: noteType ?? '',
				params,
				created_by,
				responsible_user_id,
				created_at,
			});
			return {
				id: note.id,
				entity_id: note.entity_id,
				request_id: requestId(item, index),
				...selfLink(ctx, `${type}/${note.entity_id}/notes/${note.id}`),
			};
		};
	});
	sendWritten(ctx, res, `${type}/notes`, 'notes', written);
}

function patchNotes(ctx: Context, type: EntityType, items: Item[]): object[] {
	return applyBatch(items, (item, errors) => {
		const id = errors.int(item, 'id');
		if (item.id === undefined) errors.missing('id');
		if (item.entity_id === undefined) errors.missing('entity_id');
		const note = ctx.store.notes.get(id ?? 0);
		if (id !== undefined && note?.entity_type !== type) errors.notSupported('id');
		const noteType = errors.string(item, 'note_type') ?? note?.note_type;
		if (noteType !== undefined && !REQUIRED_PARAMS[noteType]) errors.notSupported('note_type');
		const params = item.params === undefined ? null : checkParams(noteType, item, errors);
		return () => {
			if (!note) return {};
			if (params) note.params = params;
			if (noteType !== undefined) note.note_type = noteType;
			note.updated_at = ctx.seconds();
			note.updated_by = ctx.account.current_user_id;
			return {
				id: note.id,
				entity_id: note.entity_id,
				updated_at: note.updated_at,
				...selfLink(ctx, `${type}/${note.entity_id}/notes/${note.id}`),
			};
		};
	});
}

function checkEntityId(
	ctx: Context,
	type: EntityType,
	item: Item,
	errors: ItemErrors,
): number | undefined {
	if (item.entity_id === undefined) errors.missing('entity_id');
	const id = errors.int(item, 'entity_id');
	if (id === undefined) return undefined;
	const entity = ctx.store.entities(type).get(id);
	if (id <= 0) errors.tooLow('entity_id');
	else if (!entity || entity.is_deleted) errors.notSupported('entity_id');
	return id;
}

function checkParams(type: string | undefined, item: Item, errors: ItemErrors): Item {
	const params = item.params;
	if (params !== undefined && !isObject(params)) {
		errors.invalidType('params', 'array');
		return {};
	}
	const texts = ['text', 'service'];
	for (const key of REQUIRED_PARAMS[type ?? ''] ?? []) {
		const value = params?.[key];
		if (value === undefined || value === null || value === '') errors.missing(`params.${key}`);
		else if (texts.includes(key) && typeof value !== 'string') {
			errors.invalidType(`params.${key}`, 'string');
		}
	}
	return params ?? {};
}
