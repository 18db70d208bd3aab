import fc from 'fast-check';

/** All the events, in any order. */
export function anyOrderOf<Event>(events: Event[]): fc.Arbitrary<Event[]> {
	const { length } = events;
	return fc.shuffledSubarray(events, { minLength: length, maxLength: length });
}
