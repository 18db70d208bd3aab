import { invalid } from './stripe-error';

type Searched = Record<string, unknown>;
type Test = (object: Searched) => boolean;

/** `-metadata['key']:'value'`, `status:"succeeded"`, `created>=1700000000`, `amount:100` */
const CLAUSE =
	/^\s*(-?)(?:metadata\[(["'])(.+?)\2\]|([a-z_]+))\s*(:|~|>=|<=|>|<)\s*(?:(["'])((?:\\.|(?!\6).)*)\6|(\d+|null))\s*/;
const FIELDS = new Set(['amount', 'created', 'currency', 'customer', 'status']);

/**
 * Compiles the part of Stripe's search language that intents support: clauses joined by AND or OR, not both.
 * https://docs.stripe.com/search#search-query-language
 * @throws StripeError 400 for anything else
 */
export function parseSearch(query: string): Test {
	const tests: Test[] = [];
	const joints = new Set<string>();
	let rest = query;
	while (rest !== '') {
		const clause = CLAUSE.exec(rest);
		if (!clause) throw unparsable(query);
		tests.push(testOf(clause, query));
		rest = rest.slice(clause[0].length);
		const joint = /^(AND|OR)\s+(?=\S)/i.exec(rest);
		if (!joint && rest !== '') throw unparsable(query);
		if (joint) {
			joints.add((joint[1] ?? '').toUpperCase());
			rest = rest.slice(joint[0].length);
		}
	}
	if (tests.length === 0 || joints.size > 1) throw unparsable(query);
	return joints.has('OR')
		? (object) => tests.some((test) => test(object))
		: (object) => tests.every((test) => test(object));
}

function testOf(clause: RegExpExecArray, query: string): Test {
	const [, minus, , key, field, operator = ':', , quoted, bare] = clause;
	if (field !== undefined && !FIELDS.has(field)) {
		throw invalid(`Field \`${field}\` is an unsupported search field for this resource.`, 'query');
	}
	const wanted = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
	const compare = comparison(operator, wanted, bare === 'null', query);
	const read = (object: Searched): unknown =>
		key === undefined
			? object[field ?? '']
			: (object['metadata'] as Record<string, string> | undefined)?.[key];
	return (object) => compare(read(object)) !== (minus === '-');
}

function comparison(
	operator: string,
	wanted: string,
	isNull: boolean,
	query: string,
): (value: unknown) => boolean {
	switch (operator) {
		case ':':
			return isNull
				? (value) => value === undefined || value === null
				: (value) => String(value ?? '').toLowerCase() === wanted.toLowerCase();
		case '~':
			if (wanted.length < 3) throw unparsable(query);
			return (value) =>
				String(value ?? '')
					.toLowerCase()
					.includes(wanted.toLowerCase());
		case '>':
			return (value) => Number(value) > Number(wanted);
		case '>=':
			return (value) => Number(value) >= Number(wanted);
		case '<':
			return (value) => Number(value) < Number(wanted);
		default:
			return (value) => Number(value) <= Number(wanted);
	}
}

function unparsable(query: string) {
	return invalid(`We were unable to parse your search query: ${query}`, 'query');
}
