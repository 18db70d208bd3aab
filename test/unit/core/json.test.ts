import fc from 'fast-check';
import {
	idAt,
	isDeeperThan,
	isJsonObject,
	listAt,
	numberAt,
	objectAt,
	stringAt,
	valueAt,
} from '../../../nodes/core/json';

const body = {
	id: 'evt_1',
	number: 7,
	text: '7',
	empty: '',
	nothing: null,
	yes: true,
	huge: 2 ** 53,
	fraction: 1.5,
	list: [{ id: 'first' }, 'second'],
	object: { deep: { id: 12 } },
};

describe('reading somebody else’s JSON', () => {
	it('finds values along a path of keys and indexes', () => {
		expect(valueAt(body)).toBe(body);
		expect(valueAt(body, 'list', 0, 'id')).toBe('first');
		expect(objectAt(body, 'object', 'deep')).toEqual({ id: 12 });
		expect(listAt(body, 'list')).toHaveLength(2);
		expect(stringAt(body, 'list', 1)).toBe('second');
		expect(numberAt(body, 'fraction')).toBe(1.5);
	});

	it('reads what is missing or of another type as absent', () => {
		for (const path of [['gone'], ['gone', 'deeper'], ['nothing', 'x'], ['text', 'length']]) {
			expect(valueAt(body, ...path)).toBeUndefined();
		}
		expect(objectAt(body, 'list')).toBeNull();
		expect(objectAt(body, 'nothing')).toBeNull();
		expect(listAt(body, 'object')).toEqual([]);
		expect(stringAt(body, 'number')).toBeNull();
		expect(stringAt(body, 'empty')).toBeNull();
		expect(numberAt(body, 'text')).toBeNull();
		expect(numberAt({ value: NaN }, 'value')).toBeNull();
		expect(numberAt({ value: Infinity }, 'value')).toBeNull();
	});

	it('tells list indexes from keys', () => {
		expect(valueAt(body, 'list', 5)).toBeUndefined();
		expect(valueAt(body, 'list', -1)).toBeUndefined();
		expect(valueAt({ 0: 'key' }, 0)).toBeUndefined();
		expect(valueAt(['item'], '0')).toBeUndefined();
	});

	it('never reads what an object inherits', () => {
		for (const key of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
			expect(valueAt(body, key)).toBeUndefined();
		}
		const own = JSON.parse('{"__proto__":{"id":"own"},"hasOwnProperty":1}') as unknown;
		expect(stringAt(own, '__proto__', 'id')).toBe('own');
		expect(numberAt(own, 'hasOwnProperty')).toBe(1);
	});

	it.each<[unknown, boolean]>([
		[{}, true],
		[[], false],
		[null, false],
		['text', false],
		[undefined, false],
	])('%p is an object: %p', (value, isObject) => expect(isJsonObject(value)).toBe(isObject));

	it.each<[string, string | null]>([
		['id', 'evt_1'],
		['number', '7'],
		['text', '7'],
		['empty', null],
		['nothing', null],
		['yes', null],
		['fraction', null],
		// A number this large was rounded when it was parsed: it may be another record's id.
		['huge', null],
		['object', null],
	])('reads the id %p as %p', (key, id) => expect(idAt(body, key)).toBe(id));

	it('never throws', () => {
		const path = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 4 });
		fc.assert(
			fc.property(fc.jsonValue(), path, (value, keys) => {
				valueAt(value, ...keys);
				expect(Array.isArray(listAt(value, ...keys))).toBe(true);
			}),
		);
	});
});

it.each([
	['text', 0, false],
	[{}, 0, true],
	[{}, 1, false],
	[{ a: [1] }, 1, true],
	[{ a: [1] }, 2, false],
	[{ a: null, b: [[{}]] }, 3, true],
	[{ a: null, b: [[{}]] }, 4, false],
])('%j is nested deeper than %i levels: %p', (value, levels, deeper) => {
	expect(isDeeperThan(value, levels)).toBe(deeper);
});

it('tells what is nested ten thousand levels deep without going there', () => {
	const deep: unknown = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
	expect(isDeeperThan(deep, 100)).toBe(true);
});
