import type { Lead } from '../../../nodes/Kommo/client/leads';
import { UnissuedLeads } from '../../../nodes/Kommo/payments/unissued-leads';

const ACCOUNT = 'https://acme.kommo.com 1';

/** A lead without any payment field. */
const lead = (id: number): Lead => ({
	id,
	name: 'Website relaunch',
	price: 100,
	status_id: 142,
	pipeline_id: 1,
	responsible_user_id: 1,
	created_at: 0,
	updated_at: 0,
	closed_at: null,
	closest_task_at: null,
	is_deleted: false,
	custom_fields_values: null,
});

describe('UnissuedLeads', () => {
	it('remembers for ten seconds, for the execution that read', () => {
		const leads = new UnissuedLeads();
		leads.remember(ACCOUNT, lead(1), {}, '17', 0);
		expect(leads.has(ACCOUNT, 1, '17', 9_999)).toBe(true);
		expect(leads.has(ACCOUNT, 1, '17', 10_000)).toBe(false);
		expect(leads.has(ACCOUNT, 1, '18', 0)).toBe(false);
		expect(leads.has('another account', 1, '17', 0)).toBe(false);
		expect(leads.has(ACCOUNT, 2, '17', 0)).toBe(false);
	});

	it('forgets what is about to be changed', () => {
		const leads = new UnissuedLeads();
		leads.remember(ACCOUNT, lead(1), {}, '17', 0);
		leads.remember(ACCOUNT, lead(2), {}, '17', 0);
		leads.forget(ACCOUNT, [1]);
		expect(leads.has(ACCOUNT, 1, '17', 0)).toBe(false);
		expect(leads.has(ACCOUNT, 2, '17', 0)).toBe(true);
	});

	it('holds no more than was read within ten seconds', () => {
		const leads = new UnissuedLeads();
		for (let n = 0; n < 100; n += 1) leads.remember(ACCOUNT, lead(n), {}, '17', n * 1_000);
		expect(leads.size).toBe(10);
	});
});
