import { ApiError } from './http';

/** What a URL leaves out, encoded or not: the path would name something else. */
const NO_SEGMENT = /^\.{0,2}$/;

/**
 * The path of an object, or of a part of it: whatever ids contain, each is one segment.
 * @throws ApiError for what can't be an id
 */
export function pathTo(collection: string, ...ids: string[]): string {
	for (const id of ids) {
		if (!NO_SEGMENT.test(id)) continue;
		throw new ApiError(`"${id}" is not an ID.`, {
			status: 404,
			hint: 'Check where the ID comes from.',
		});
	}
	return `/${[collection, ...ids.map(encodeURIComponent)].join('/')}`;
}
