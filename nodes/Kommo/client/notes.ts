import { stringAt, type JsonObject } from '../../core/json';
import { writeAll } from './batches';
import type { KommoApi, Query } from './kommo-api';

/** A note as Kommo returns it. Times are Unix seconds. */
export interface Note {
	id: number;
	entity_id: number;
	note_type: string;
	/** '' for the types that have none. */
	text: string;
	/** `service` beside the text of service messages, `duration` and `phone` of calls … */
	params: JsonObject;
	responsible_user_id: number;
	created_by: number;
	created_at: number;
	updated_at: number;
}

/** `common` is what people type; `service_message` shows the name of a service; the extended one can be folded away. */
export type NewNote =
	| { entity_id: number; note_type: 'common'; params: { text: string } }
	| {
			entity_id: number;
			note_type: 'service_message' | 'extended_service_message';
			params: { service: string; text: string };
	  };

export type NotedEntity = 'leads' | 'contacts' | 'companies';

export interface NoteFilter {
	entityIds?: readonly number[];
	/** Unix seconds. */
	updatedSince?: number;
	noteTypes?: readonly string[];
	/** Smaller pages than 250. */
	pageSize?: number;
}

/** In batches of 50; the ids come back in the order given. */
export async function createNotes(
	api: KommoApi,
	notes: readonly NewNote[],
	entity: NotedEntity = 'leads',
): Promise<number[]> {
	const path = `/api/v4/${entity}/notes`;
	return await writeAll(api, { method: 'POST', path, embeddedKey: 'notes' }, notes);
}

/** More would make the address longer than servers take: the notes of all are read instead. */
const MOST_IDS_IN_QUERY = 50;

/**
 * Notes of all or of some leads, newest first, and perhaps of others: Kommo documents the filter by lead for amoCRM only.
 * Many leads are best given with a time to start from.
 */
export async function* listNotes(
	api: KommoApi,
	entity: NotedEntity,
	filter: NoteFilter = {},
): AsyncGenerator<Note> {
	const { entityIds = [], noteTypes = [], updatedSince, pageSize } = filter;
	const [only] = entityIds;
	// The notes of one lead have an address of their own.
	const ofOne = entityIds.length === 1;
	const named = ofOne || entityIds.length > MOST_IDS_IN_QUERY ? [] : entityIds;
	const path = ofOne ? `/api/v4/${entity}/${only}/notes` : `/api/v4/${entity}/notes`;
	const query: Query = [
		...named.map((id) => ['filter[entity_id][]', String(id)] as const),
		...noteTypes.map((type) => ['filter[note_type][]', type] as const),
		...(updatedSince === undefined
			? []
			: [['filter[updated_at][from]', String(updatedSince)] as const]),
		['order[updated_at]', 'desc'],
		...(pageSize === undefined ? [] : [['limit', String(pageSize)] as const]),
	];
	for await (const entry of api.pages(path, query, 'notes')) {
		yield { ...(entry as unknown as Note), text: stringAt(entry, 'params', 'text') ?? '' };
	}
}
