import type { EntityChange } from './changes';
import type { Context } from './context';
import type { Entity, EntityType, Tag } from './entities';
import { checkFieldValues } from './field-values';
import { isObject, type Item, type ItemErrors } from './validation';

/** What leads, contacts and companies have in common in a write. */
export function checkEntity(
	ctx: Context,
	type: EntityType,
	item: Item,
	errors: ItemErrors,
	current: Entity | null,
	prefix = '',
): EntityChange {
	const user = (id: number) => ctx.store.users.has(id);
	const userOrRobot = (id: number) => id === 0 || user(id);
	return {
		name: errors.string(item, 'name', prefix),
		responsible_user_id: errors.oneOf(item, 'responsible_user_id', user, prefix),
		created_by: errors.oneOf(item, 'created_by', userOrRobot, prefix),
		updated_by: errors.oneOf(item, 'updated_by', userOrRobot, prefix),
		created_at: errors.int(item, 'created_at', prefix),
		updated_at: errors.int(item, 'updated_at', prefix),
		field_values: checkFieldValues(ctx, type, item, errors, prefix),
		tags: checkTags(ctx, item, errors, current?.tags ?? [], prefix),
		companies: linkedIds(ctx.store.companies, item, 'companies', errors, prefix),
	};
}

/** `_embedded.tags` replaces all tags (null clears); `tags_to_add` and `tags_to_delete` change some. */
function checkTags(
	ctx: Context,
	item: Item,
	errors: ItemErrors,
	present: Tag[],
	prefix: string,
): Tag[] | undefined {
	const embedded = isObject(item._embedded) ? item._embedded : {};
	const added = resolveTags(ctx, item, 'tags_to_add', errors, prefix);
	const removed = resolveTags(ctx, item, 'tags_to_delete', errors, prefix);
	const replaced =
		embedded.tags === null ? [] : resolveTags(ctx, embedded, 'tags', errors, `${prefix}_embedded.`);
	if (!added && !removed && !replaced) return undefined;
	const tags = new Map([...(replaced ?? present), ...(added ?? [])].map((tag) => [tag.id, tag]));
	for (const tag of removed ?? []) tags.delete(tag.id);
	return [...tags.values()];
}

function resolveTags(
	ctx: Context,
	item: Item,
	key: string,
	errors: ItemErrors,
	prefix: string,
): Tag[] | undefined {
	return errors.array(item, key, prefix)?.flatMap((entry, index) => {
		const path = `${prefix}${key}.${index}`;
		if (isObject(entry) && typeof entry.name === 'string') return [ctx.store.tag(entry.name)];
		if (isObject(entry) && Number.isInteger(entry.id)) {
			const known = [...ctx.store.tags.values()].find((tag) => tag.id === entry.id);
			if (known) return [known];
			errors.notSupported(`${path}.id`);
			return [];
		}
		errors.missing(`${path}.name`);
		return [];
	});
}

/** The ids of `_embedded[key]`; unknown ones are refused. */
export function linkedIds(
	known: ReadonlyMap<number, unknown>,
	item: Item,
	key: string,
	errors: ItemErrors,
	prefix = '',
): number[] | undefined {
	const embedded = isObject(item._embedded) ? item._embedded : {};
	return errors.array(embedded, key, `${prefix}_embedded.`)?.flatMap((entry, index) => {
		const path = `${prefix}_embedded.${key}.${index}.id`;
		if (!isObject(entry) || entry.id === undefined) {
			errors.missing(path);
			return [];
		}
		if (!Number.isInteger(entry.id)) {
			errors.invalidType(path, 'int');
			return [];
		}
		if (known.has(entry.id as number)) return [entry.id as number];
		errors.notSupported(path);
		return [];
	});
}
