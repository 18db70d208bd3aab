import { PAYMENT_FIELDS } from '../../../../nodes/Kommo/payments/payment-fields';
import { PAYMENT_STATUSES } from '../../../../nodes/core/payment-status';
import { startKommoAccount, type KommoAccount } from '../kommo-account';

describe('Kommo: Set Up Fields', () => {
	let account: KommoAccount;

	beforeEach(async () => (account = await startKommoAccount()));
	afterEach(async () => await account.kommo.close());

	const names = Object.values(PAYMENT_FIELDS).map(({ name }) => name);
	const fieldOf = (code: string) => {
		const field = account.kommo.store.fieldByCode('leads', code);
		if (!field) throw new Error(`There is no field ${code}.`);
		return field;
	};
	const writes = () => account.kommo.log.entries.filter(({ method }) => method !== 'GET');

	it('creates every field with its code and type', async () => {
		const [report] = await account.json('payment:setUpFields');
		expect(report).toEqual({ created: names, existing: [], optionsAdded: [] });
		for (const { code, name, type, apiOnly } of Object.values(PAYMENT_FIELDS)) {
			expect(fieldOf(code)).toMatchObject({ name, type, is_api_only: apiOnly });
		}
		expect(fieldOf('KP_PAYMENT_STATUS').enums?.map(({ value }) => value)).toEqual(PAYMENT_STATUSES);
		expect(writes()).toHaveLength(1);
	});

	it('changes nothing the second time', async () => {
		await account.run('payment:setUpFields');
		account.kommo.log.clear();
		const [report] = await account.json('payment:setUpFields');
		expect(report).toEqual({ created: [], existing: names, optionsAdded: [] });
		expect(writes()).toEqual([]);
	});

	it('creates what somebody has deleted', async () => {
		await account.run('payment:setUpFields');
		account.kommo.store.customFields.leads.delete(fieldOf('KP_REFUNDED').id);
		const [report] = await account.json('payment:setUpFields');
		expect(report?.created).toEqual(['Amount refunded']);
	});

	it('adds a missing option and keeps those that are there, with their ids', async () => {
		await account.run('payment:setUpFields');
		const status = fieldOf('KP_PAYMENT_STATUS');
		status.enums = (status.enums ?? []).filter(({ value }) => value !== 'Overdue');
		status.enums.push({ id: 1, value: 'Our own', sort: 900 });
		const before = structuredClone(status.enums);
		const [report] = await account.json('payment:setUpFields');
		expect(report?.optionsAdded).toEqual(['Payment status: Overdue']);
		expect(fieldOf('KP_PAYMENT_STATUS').enums).toEqual([
			...before,
			expect.objectContaining({ value: 'Overdue' }),
		]);
	});

	it('leaves a field that people have renamed as it is', async () => {
		await account.run('payment:setUpFields');
		fieldOf('KP_PAYMENT_LINK').name = 'Bezahlen';
		const [report] = await account.json('payment:setUpFields');
		expect(report?.created).toEqual([]);
		expect(report?.existing).toContain('Bezahlen');
		expect(fieldOf('KP_PAYMENT_LINK').name).toBe('Bezahlen');
	});

	it('is seen at once by the operations that use the fields', async () => {
		const lead = account.kommo.createLead({ price: 100 });
		const link = { leadId: lead.id, url: 'https://pay.example.com/1' };
		await expect(account.run('payment:saveLink', {}, [link])).rejects.toThrow(
			'Kommo has no "Payment link" field on leads',
		);
		await account.run('payment:setUpFields');
		await account.run('payment:saveLink', {}, [link]);
		expect(account.kommo.fieldValue(lead.id, 'KP_PAYMENT_LINK')).toBe(link.url);
	});

	it('needs an administrator, and says so', async () => {
		account.kommo.switches.administrator = false;
		await expect(account.run('payment:setUpFields')).rejects.toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('administrator') as string,
		});
	});
});
