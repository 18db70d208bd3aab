import { idAt, listAt, numberAt, objectAt } from '../../core/json';
import { ApiError, type HttpRequest } from '../../http/http';
import type { KommoApi } from './kommo-api';
import { KommoValidationError } from './kommo-errors';

/** What Kommo recommends per write; 250 is the limit. */
export const BATCH_SIZE = 50;

interface BatchWrite {
	method: 'POST' | 'PATCH';
	path: string;
	/** Where the answer lists what was written: `_embedded[embeddedKey]`. */
	embeddedKey: string;
}

/**
 * Writes a list in batches, one after another, and returns the ids in the order of the list: Kommo tells no more.
 *
 * One refused item makes Kommo refuse its whole batch; batches before it are written.
 * @throws KommoValidationError whose failures name items by their index in the whole list
 */
export async function writeAll(
	api: KommoApi,
	{ method, path, embeddedKey }: BatchWrite,
	items: readonly object[],
): Promise<number[]> {
	const ids: number[] = [];
	for (const batch of batchesOf(items)) {
		const start = ids.length;
		const json = batch.map((item, index) => {
			// Updates are known by their id.
			return method === 'POST' ? { ...item, request_id: String(index) } : item;
		});
		// Setting the same values twice has the effect of setting them once; creating does not.
		const request: HttpRequest = { method, path, json, idempotent: method === 'PATCH' };
		const answer = await api.request(request).catch((error: unknown) => {
			throw error instanceof ApiError && start > 0 ? afterOthers(error, start) : error;
		});
		ids.push(...idsInOrder(json, answer, embeddedKey));
	}
	return ids;
}

/** Two changes of one record go out in two batches: which of them wins within one is not documented. */
function batchesOf(items: readonly object[]): object[][] {
	const batches: object[][] = [];
	let ids = new Set<number>();
	for (const item of items) {
		const id = numberAt(item, 'id');
		const current = batches.at(-1);
		if (!current || current.length === BATCH_SIZE || (id !== null && ids.has(id))) {
			batches.push([item]);
			ids = new Set();
		} else {
			current.push(item);
		}
		if (id !== null) ids.add(id);
	}
	return batches;
}

function afterOthers(error: ApiError, start: number): ApiError {
	const hint = `The first ${start} items were written before this one. ${error.details.hint ?? ''}`;
	const details = { ...error.details, hint: hint.trim() };
	if (!(error instanceof KommoValidationError)) return new ApiError(error.message, details);
	const failures = error.failures.map((failure) => ({
		...failure,
		item: failure.item === null ? null : failure.item + start,
	}));
	return new KommoValidationError(error.message, details, failures);
}

function idsInOrder(sent: readonly object[], answer: unknown, embeddedKey: string): number[] {
	// A write of one may be answered with the bare object instead of a list of one.
	const entries = objectAt(answer, '_embedded')
		? listAt(answer, '_embedded', embeddedKey)
		: [answer];
	return sent.map((item, index) => {
		const id = numberAt(item, 'id');
		if (id !== null) return id;
		const named = entries.find((entry) => idAt(entry, 'request_id') === String(index));
		return numberAt(named ?? entries[index], 'id') ?? 0;
	});
}
