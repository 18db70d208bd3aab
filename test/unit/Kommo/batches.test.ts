import { writeAll } from '../../../nodes/Kommo/client/batches';
import { KommoValidationError } from '../../../nodes/Kommo/client/kommo-errors';
import { ApiError } from '../../../nodes/http/http';
import { fixture } from '../../simulators/kommo/fixture-files';
import { scriptedKommo } from './scripted-kommo';

const CREATE = { method: 'POST', path: '/api/v4/leads', embeddedKey: 'leads' } as const;
const UPDATE = { method: 'PATCH', path: '/api/v4/leads', embeddedKey: 'leads' } as const;

const written = (...leads: object[]) => ({ body: { _embedded: { leads } } });
const items = (count: number) => Array.from({ length: count }, (_none, index) => ({ name: index }));

describe('Writing many records', () => {
	it('sends batches of fifty', async () => {
		const { api, sent } = scriptedKommo(written());
		await writeAll(api, CREATE, items(120));
		expect(sent.map(({ json }) => (json as unknown[]).length)).toEqual([50, 50, 20]);
	});

	it('sends nothing for an empty list', async () => {
		const { api, sent } = scriptedKommo(written());
		await expect(writeAll(api, CREATE, [])).resolves.toEqual([]);
		expect(sent).toEqual([]);
	});

	it('returns ids in the order given, whatever the order of the answer', async () => {
		const { api } = scriptedKommo(
			written({ id: 12, request_id: '1' }, { id: 11, request_id: '0' }),
		);
		await expect(writeAll(api, CREATE, items(2))).resolves.toEqual([11, 12]);
	});

	it('takes the bare object that a write of one may be answered with', async () => {
		const { api } = scriptedKommo({ body: fixture('leads.patch.single.200.json') });
		await expect(writeAll(api, UPDATE, [{ id: 152464 }])).resolves.toEqual([152464]);
	});

	it('sends two changes of one record one after the other', async () => {
		const { api, sent } = scriptedKommo(written());
		await writeAll(api, UPDATE, [
			{ id: 1, price: 1 },
			{ id: 2, price: 1 },
			{ id: 1, price: 2 },
		]);
		expect(sent.map(({ json }) => json)).toEqual([
			[
				{ id: 1, price: 1 },
				{ id: 2, price: 1 },
			],
			[{ id: 1, price: 2 }],
		]);
	});

	it('repeats an update that may not have arrived, but never a creation', async () => {
		const update = scriptedKommo({ status: 504 }, written({ id: 1 }));
		await writeAll(update.api, UPDATE, [{ id: 1 }]);
		expect(update.sent).toHaveLength(2);

		const creation = scriptedKommo({ status: 504 }, written({ id: 1 }));
		await expect(writeAll(creation.api, CREATE, [{}])).rejects.toThrow(ApiError);
		expect(creation.sent).toHaveLength(1);
	});

	it('names a refused item by its place in the whole list, and says what was written before', async () => {
		const refusal = {
			'validation-errors': [
				{ request_id: '3', errors: [{ code: 'InvalidType', path: 'name', detail: 'string.' }] },
			],
		};
		const { api } = scriptedKommo(written(), { status: 400, body: refusal });
		const error = await writeAll(api, CREATE, items(60)).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(KommoValidationError);
		const { failures, details } = error as KommoValidationError;
		expect(failures).toEqual([expect.objectContaining({ item: 53 })]);
		expect(details.hint).toContain('The first 50 items were written');
	});
});
