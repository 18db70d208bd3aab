import type { FlutterwaveApi } from '../api';

/** What turning an answer into an event needs. */
export interface EventSource {
	api: FlutterwaveApi;
	/** No answer says whether it is of real money; the key does. */
	live: boolean;
	/** Milliseconds since the epoch. */
	now: () => number;
}
