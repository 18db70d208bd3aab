import type { Express, Request, Response } from 'express';
import type { Context } from '../context';
import type { CustomField, EntityType, FieldEnum, StatusPair } from '../entities';
import { CHOICE_TYPES, FIELD_TYPES } from '../field-values';
import { ListQuery, selfLink, sendHal, sendList } from '../list-query';
import { missingScope, notFound } from '../problem';
import {
	applyBatch,
	batchBody,
	isObject,
	objectBody,
	requestId,
	type Item,
	type ItemErrors,
} from '../validation';

export function customFieldRoutes(app: Express, ctx: Context, type: EntityType): void {
	const base = `/api/v4/${type}/custom_fields`;
	app.get(base, (req, res) => {
		const query = new ListQuery(req);
		const types = query.filter('type');
		const fields = [...ctx.store.customFields[type].values()].filter(
			(field) => types === null || types.includes(field.type),
		);
		const sorted = query.sort(fields, ['sort', 'id']);
		sendList(ctx, res, query, 'custom_fields', sorted, (field) => renderField(ctx, field), true);
	});
	app.post(base, (req, res) => createFields(ctx, type, req, res));
	app.patch(base, (req, res) => {
		const fields = patchFields(ctx, type, batchBody(req));
		sendHal(res, 200, { _total_items: fields.length, _embedded: { custom_fields: fields } });
	});
	app.get(`${base}/groups`, (_req, res) => {
		const group = {
			id: 'default',
			name: 'Main',
			is_predefined: true,
			type: 'custom_field_group',
			fields: [],
			entity_type: type,
			sort: 0,
			...selfLink(ctx, `${type}/custom_fields/groups/default`),
		};
		sendHal(res, 200, { _total_items: 1, _embedded: { custom_field_groups: [group] } });
	});
	app.get(`${base}/:id`, (req, res) => {
		const field = ctx.store.customFields[type].get(Number(req.params.id));
		if (!field) throw notFound('Field not found');
		sendHal(res, 200, renderField(ctx, field));
	});
	app.patch(`${base}/:id`, (req, res) => {
		const id = Number(req.params.id);
		if (!ctx.store.customFields[type].has(id)) throw notFound('Field not found');
		const [field] = patchFields(ctx, type, [{ ...objectBody(req), id }]);
		sendHal(res, 200, field ?? {});
	});
}

export function renderField(ctx: Context, field: CustomField): object {
	return {
		id: field.id,
		name: field.name,
		type: field.type,
		account_id: ctx.account.id,
		code: field.code,
		sort: field.sort,
		is_api_only: field.is_api_only,
		enums: field.enums,
		group_id: field.group_id,
		required_statuses: field.required_statuses,
		is_deletable: field.is_deletable,
		is_predefined: field.is_predefined,
		entity_type: field.entity_type,
		tracking_callback: null,
		remind: null,
		triggers: [],
		currency: field.currency,
		hidden_statuses: field.hidden_statuses,
		chained_lists: null,
		...selfLink(ctx, `${field.entity_type}/custom_fields/${field.id}`),
	};
}

function createFields(ctx: Context, type: EntityType, req: Request, res: Response): void {
	if (!ctx.switches.administrator) throw missingScope();
	const seen = new Set<string>();
	const fields = applyBatch(batchBody(req), (item, errors, index) => {
		if (item.name === undefined || item.name === '') errors.missing('name');
		if (item.type === undefined) errors.missing('type');
		const fieldType = errors.string(item, 'type') ?? '';
		if (item.type !== undefined && !FIELD_TYPES.includes(fieldType)) errors.notSupported('type');
		if (fieldType === 'monetary' && item.currency === undefined) errors.missing('currency');
		const sent = checkField(ctx, item, errors);
		const code = errors.string(item, 'code');
		// What Kommo answers to a taken code is not established; it must not be silently doubled.
		if (code !== undefined && (seen.has(code) || ctx.store.fieldByCode(type, code))) {
			errors.notSupported('code');
		}
		if (code !== undefined) seen.add(code);
		const enums = checkEnums(item, errors);
		return () => {
			const field = ctx.store.addField(type, {
				...sent,
				name: sent.name ?? '',
				type: fieldType,
				code: code ?? null,
				enums: enums ?? (CHOICE_TYPES.includes(fieldType) ? [] : null),
			});
			return { ...renderField(ctx, field), request_id: requestId(item, index) };
		};
	});
	const [only] = fields;
	if (ctx.switches.singleFieldCreateShape === 'bare' && fields.length === 1 && only) {
		sendHal(res, 201, only);
		return;
	}
	sendHal(res, 201, { _total_items: fields.length, _embedded: { custom_fields: fields } });
}

function patchFields(ctx: Context, type: EntityType, items: Item[]): object[] {
	if (!ctx.switches.administrator) throw missingScope();
	return applyBatch(items, (item, errors, index) => {
		const id = errors.int(item, 'id');
		if (item.id === undefined) errors.missing('id');
		const field = ctx.store.customFields[type].get(id ?? 0);
		if (id !== undefined && !field) errors.notSupported('id');
		if (field?.type === 'monetary' && item.currency === undefined) errors.missing('currency');
		const sent = checkField(ctx, item, errors);
		const enums = checkEnums(item, errors);
		return () => {
			if (!field) return {};
			Object.assign(field, sent);
			if (enums) field.enums = enums.map((entry, position) => ctx.store.fieldEnum(entry, position));
			return {
				...renderField(ctx, field),
				// The reference shows an object keyed by position here, where a read has a list.
				...(enums ? { enums: { ...field.enums } } : {}),
				request_id: requestId(item, index),
			};
		};
	});
}

function checkField(
	ctx: Context,
	item: Item,
	errors: ItemErrors,
): Partial<Omit<CustomField, 'enums'>> {
	const sent = {
		name: errors.string(item, 'name'),
		sort: errors.int(item, 'sort'),
		group_id: item.group_id === null ? null : errors.string(item, 'group_id'),
		is_api_only: errors.bool(item, 'is_api_only'),
		currency: item.currency === null ? null : errors.string(item, 'currency'),
		required_statuses: checkStatuses(ctx, item, 'required_statuses', errors),
		hidden_statuses: checkStatuses(ctx, item, 'hidden_statuses', errors),
	};
	return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

function checkStatuses(
	ctx: Context,
	item: Item,
	key: string,
	errors: ItemErrors,
): StatusPair[] | undefined {
	if (item[key] === null) return [];
	return errors.array(item, key)?.flatMap((entry, index) => {
		const pair = isObject(entry) ? entry : {};
		const status_id = Number(pair.status_id);
		const pipeline_id = Number(pair.pipeline_id);
		if (ctx.store.status(pipeline_id, status_id)) return [{ status_id, pipeline_id }];
		errors.notSupported(`${key}.${index}.status_id`);
		return [];
	});
}

function checkEnums(
	item: Item,
	errors: ItemErrors,
): Array<Partial<FieldEnum> & { value: string }> | undefined {
	if (item.enums === undefined || item.enums === null) return undefined;
	return errors.array(item, 'enums')?.flatMap((entry, index) => {
		const path = `enums.${index}.`;
		if (!isObject(entry)) {
			errors.invalidType(`enums.${index}`, 'array');
			return [];
		}
		const value = errors.string(entry, 'value', path);
		if (entry.value === undefined) errors.missing(`${path}value`);
		return [
			{
				id: errors.int(entry, 'id', path),
				value: value ?? '',
				sort: errors.int(entry, 'sort', path),
				code: entry.code === null ? null : errors.string(entry, 'code', path),
			},
		];
	});
}
