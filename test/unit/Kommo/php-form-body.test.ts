import fc from 'fast-check';
import qs from 'qs';
import { FormBodyError, parsePhpForm } from '../../../nodes/Kommo/webhook/php-form-body';
import { fixture, fixtureText } from '../../simulators/kommo/fixture-files';

describe('A form in the notation of PHP', () => {
	it.each(['lead.add', 'lead.update', 'lead.status', 'lead.note', 'contact.add'])(
		'reads the documented body of %s',
		(name) => {
			const { account, ...entities } = parsePhpForm(fixtureText(`webhook.${name}.txt`));
			expect(entities).toEqual(fixture(`webhook.${name}.parsed.json`));
			expect(account).toHaveProperty('id');
		},
	);

	it('reads bytes as it reads text', () => {
		const text = fixtureText('webhook.lead.status.txt');
		expect(parsePhpForm(Buffer.from(text))).toEqual(parsePhpForm(text));
	});

	it.each([
		['an empty body', '', {}],
		['a key without a value', 'a', { a: '' }],
		['an empty value', 'a=', { a: '' }],
		['an equals sign in a value', 'a=b=c', { a: 'b=c' }],
		['plus signs as spaces, and encoded plus signs', 'a=b+c%2Bd', { a: 'b c+d' }],
		['brackets that are not encoded', 'a[b][0]=c', { a: { b: ['c'] } }],
		['indexes out of order', 'a[1]=y&a[0]=x', { a: ['x', 'y'] }],
		['indexes with gaps', 'a[7]=y&a[2]=x', { a: ['x', 'y'] }],
		['empty brackets', 'a[]=x&a[]=y', { a: ['x', 'y'] }],
		['an object whose keys are not all indexes', 'a[0]=x&a[b]=y', { a: { 0: 'x', b: 'y' } }],
		['a bracket that is never closed', 'a[b=x', { 'a[b': 'x' }],
		['a text that another key makes an object', 'a=x&a[b]=y', { a: { b: 'y' } }],
		['percent signs that encode nothing', 'a=100%&b=%zz', { a: '100%', b: '%zz' }],
		['letters of more than one byte', 'a=%D0%9E%D0%BA+%E2%82%AC', { a: 'Ок €' }],
		['half a letter', 'a=%D0', { a: '\uFFFD' }],
	])('reads %s', (_name, body, expected) => {
		expect(parsePhpForm(body)).toEqual(expected);
	});

	it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
		expect(() => parsePhpForm(`${key}=1`)).toThrow(FormBodyError);
		expect(() => parsePhpForm(`a[${key}][b]=1`)).toThrow(FormBodyError);
		expect(() => parsePhpForm(`a%5B${key}%5D=1`)).toThrow(FormBodyError);
		expect(({} as { b?: string }).b).toBeUndefined();
	});

	it('keeps far more keys than the thousand n8n would', () => {
		const body = Array.from({ length: 3000 }, (_none, n) => `leads[add][0][f][${n}]=${n}`);
		const { leads } = parsePhpForm(body.join('&')) as { leads: { add: [{ f: string[] }] } };
		expect(leads.add[0].f).toHaveLength(3000);
		expect(leads.add[0].f[2999]).toBe('2999');
	});

	it('bounds the number of keys and the depth', () => {
		const limits = { maxKeys: 3, maxDepth: 3 };
		expect(() => parsePhpForm('a=1&b=2&c=3&d=4', limits)).toThrow('more than 3 keys');
		expect(() => parsePhpForm('a[b][c][d]=1', limits)).toThrow('deeper than 3 levels');
	});

	it('reads back whatever nested texts a PHP client would send', () => {
		const key = fc.stringMatching(/^[a-z_]{1,8}$/).filter((name) => name !== '__proto__');
		const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
			tree: fc.oneof(
				{ maxDepth: 4 },
				fc.string({ unit: 'grapheme' }),
				fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
				fc.dictionary(key, tie('tree'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
			),
		}));
		fc.assert(
			fc.property(fc.dictionary(key, tree, { noNullPrototype: true }), (value) => {
				const body = qs.stringify(value, { arrayFormat: 'indices', format: 'RFC1738' });
				expect(parsePhpForm(body)).toEqual(value);
			}),
		);
	});
});
