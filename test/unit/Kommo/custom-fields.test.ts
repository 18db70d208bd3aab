import {
	addEnums,
	createCustomFields,
	CustomFieldCache,
	findField,
	listCustomFields,
	type CustomField,
} from '../../../nodes/Kommo/client/custom-fields';
import { fixture } from '../../simulators/kommo/fixture-files';
import { FakeClock } from './fake-clock';
import { scriptedKommo } from './scripted-kommo';

const page = (...names: string[]) => ({
	body: {
		_embedded: {
			custom_fields: names.map((name, id) => ({ id: id + 1, name, type: 'text', code: null })),
		},
	},
});

const status: CustomField = {
	id: 7,
	name: 'Payment status',
	type: 'select',
	code: 'KP_PAYMENT_STATUS',
	options: [
		{ id: 71, value: 'Awaiting', sort: 10, code: null },
		{ id: 72, value: 'Paid', sort: 20, code: null },
	],
	isApiOnly: true,
};

describe('Custom fields', () => {
	it('are read from all pages, with codes and options', async () => {
		const { api } = scriptedKommo({ body: fixture('custom_fields.list.200.json') }, page('Last'));
		const fields = await listCustomFields(api, 'leads');
		expect(fields.map(({ name, code, options }) => [name, code, options])).toEqual([
			['Text field example', null, []],
			["Example 'date' type field", null, []],
			['Last', null, []],
		]);
	});

	it('are created in one call, which may answer with the bare field', async () => {
		const { api, sent } = scriptedKommo({ status: 201, body: { id: 5, name: 'A', type: 'text' } });
		const created = await createCustomFields(api, 'leads', [{ name: 'A', type: 'text' }]);
		expect(created).toEqual([expect.objectContaining({ id: 5, name: 'A' })]);
		expect(sent).toHaveLength(1);
		await createCustomFields(api, 'leads', []);
		expect(sent).toHaveLength(1);
	});

	it('get more options without losing the ids of those they have', async () => {
		const enums = {
			0: { id: 71, value: 'Awaiting', sort: 10 },
			1: { id: 72, value: 'Paid', sort: 20 },
			2: { id: 73, value: 'Refunded', sort: 30 },
		};
		const answer = { _embedded: { custom_fields: [{ ...status, enums }] } };
		const { api, sent } = scriptedKommo({ body: answer });
		const updated = await addEnums(api, 'leads', status, ['Paid', 'Refunded']);
		expect(sent[0]).toMatchObject({
			method: 'PATCH',
			json: [
				{
					id: 7,
					enums: [
						{ id: 71, value: 'Awaiting', sort: 10 },
						{ id: 72, value: 'Paid', sort: 20 },
						{ value: 'Refunded', sort: 30 },
					],
				},
			],
		});
		expect(updated.options.map(({ id }) => id)).toEqual([71, 72, 73]);
	});

	it('are left alone when they have all the options already', async () => {
		const { api, sent } = scriptedKommo({});
		await expect(addEnums(api, 'leads', status, ['Paid'])).resolves.toBe(status);
		expect(sent).toEqual([]);
	});

	it.each([[{ id: 7 }], [{ code: 'KP_PAYMENT_STATUS' }], [{ name: 'Payment status' }]])(
		'are found by %j',
		(ref) => {
			expect(findField([status], ref)).toBe(status);
		},
	);
});

describe('The memory of custom fields', () => {
	const clock = new FakeClock();
	const remembering = () => new CustomFieldCache(clock.now);

	it('asks Kommo once in ten minutes, however many ask', async () => {
		const { api, sent } = scriptedKommo(page('A'));
		const cache = remembering();
		await Promise.all([cache.fieldsOf('a', api, 'leads'), cache.fieldsOf('a', api, 'leads')]);
		clock.advance(599_000);
		await cache.fieldsOf('a', api, 'leads');
		expect(sent).toHaveLength(1);
		clock.advance(2_000);
		await cache.fieldsOf('a', api, 'leads');
		expect(sent).toHaveLength(2);
	});

	it('keeps accounts and entities apart', async () => {
		const { api, sent } = scriptedKommo(page('A'));
		const cache = remembering();
		await cache.fieldsOf('a', api, 'leads');
		await cache.fieldsOf('b', api, 'leads');
		await cache.fieldsOf('a', api, 'contacts');
		expect(sent).toHaveLength(3);
	});

	it('forgets one account on demand', async () => {
		const { api, sent } = scriptedKommo(page('A'));
		const cache = remembering();
		await cache.fieldsOf('a', api, 'leads');
		await cache.fieldsOf('b', api, 'leads');
		cache.forget('a');
		await cache.fieldsOf('a', api, 'leads');
		await cache.fieldsOf('b', api, 'leads');
		expect(sent).toHaveLength(3);
	});

	it('does not remember a failure', async () => {
		const { api } = scriptedKommo({ status: 401 }, page('A'));
		const cache = remembering();
		await expect(cache.fieldsOf('a', api, 'leads')).rejects.toThrow('access token');
		await expect(cache.fieldsOf('a', api, 'leads')).resolves.toHaveLength(1);
	});
});
