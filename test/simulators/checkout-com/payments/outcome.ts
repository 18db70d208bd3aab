import type { Payment, StoredEvent } from '../store';

/** What an act has changed, and the events to send for it, in this order. */
export interface Outcome<T = Payment> {
	result: T;
	events: StoredEvent[];
}
