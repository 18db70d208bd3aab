/**
 * Kommo reports a refused value as a path with indexes of the sent body (`custom_fields_values.6.values.0.value`), and
 * the item of a batch as a request id. Here both are traced back to what was sent.
 */
import { idAt, isJsonObject, listAt, objectAt, stringAt, valueAt } from '../../core/json';

export interface ValidationFailure {
	/** Index in the sent list, 0 for a single object; null when Kommo does not say. */
	item: number | null;
	requestId: string | null;
	/** Kommo's code: NotSupportedChoice, InvalidType, FieldMissing, FieldNotExpected, TooLow … */
	code: string | null;
	/** As Kommo wrote it; null in the form that names the lead only. */
	path: string | null;
	/** The custom field the path leads to, by id or code. */
	customField: string | null;
	/** What was sent there. */
	value: unknown;
	/** Kommo's sentence. */
	detail: string;
}

/**
 * @param body the answer with status 400
 * @param sent the JSON of the request
 */
export function validationFailures(body: unknown, sent: unknown): ValidationFailure[] {
	const listed = listAt(body, 'validation-errors').flatMap((entry) => {
		const requestId = idAt(entry, 'request_id');
		const item = itemOf(requestId, sent);
		return listAt(entry, 'errors').map((error) => {
			const path = stringAt(error, 'path');
			const detail = stringAt(error, 'detail') ?? 'not accepted';
			const code = stringAt(error, 'code');
			return { item, requestId, code, path, detail, ...tracePath(itemAt(sent, item), path) };
		});
	});
	return [...listed, ...failuresByEntity(body, sent)];
}

/** The second form: `{"errors": {"<lead id>": "Loss reason can be specified only for lost lead"}}`. */
function failuresByEntity(body: unknown, sent: unknown): ValidationFailure[] {
	return Object.entries(objectAt(body, 'errors') ?? {}).map(([id, detail]) => {
		const items = Array.isArray(sent) ? sent : [sent];
		const index = items.findIndex((candidate) => idAt(candidate, 'id') === id);
		return {
			item: index < 0 ? null : index,
			requestId: null,
			code: null,
			path: null,
			customField: null,
			value: undefined,
			detail: String(detail),
		};
	});
}

function itemOf(requestId: string | null, sent: unknown): number | null {
	if (!Array.isArray(sent)) return 0;
	const named = sent.findIndex((item) => idAt(item, 'request_id') === requestId);
	if (named >= 0) return named;
	const index = Number(requestId ?? NaN);
	return Number.isInteger(index) && index >= 0 && index < sent.length ? index : null;
}

function itemAt(sent: unknown, item: number | null): unknown {
	return Array.isArray(sent) ? (item === null ? undefined : sent[item]) : sent;
}

function tracePath(
	item: unknown,
	path: string | null,
): { customField: string | null; value: unknown } {
	const steps = (path ?? '').split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
	const value = valueAt(item, ...steps);
	if (steps[0] !== 'custom_fields_values' || typeof steps[1] !== 'number') {
		return { customField: null, value };
	}
	const field = listAt(item, 'custom_fields_values')[steps[1]];
	const named = isJsonObject(field) ? (idAt(field, 'field_id') ?? idAt(field, 'field_code')) : null;
	return { customField: named, value };
}
