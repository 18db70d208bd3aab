import { parse } from 'node:querystring';
import type { Context } from './context';
import { defaultAccount } from './default-data';
import type { Contact, FieldValue, Lead, Note, Task } from './entities';
import { EventSender } from './event-sender';
import { fixture, fixtureText } from './fixture-files';
import { formEncode, type FormValue } from './form-encoding';
import { KommoStore } from './store';
import { defaultSwitches } from './switches';
import {
	contactEvent,
	digitalPipelineBody,
	leadEvent,
	noteEvent,
	taskEvent,
	webhookBody,
} from './webhook-body';

function account(id: number, subdomain = 'subdomain'): Context {
	const ctx: Context = {
		url: '',
		account: defaultAccount({ accountId: id, subdomain }),
		store: new KommoStore(),
		switches: defaultSwitches(),
		events: new EventSender(() => ctx),
		now: () => 0,
		seconds: () => 0,
	};
	return ctx;
}

const entity = {
	group_id: 0,
	closest_task_at: null,
	is_deleted: false,
	tags: [],
	companies: [],
};

/** Fields as [id, name, type, value, enum id, code]. */
type Filled = [number, string, string, string | number | boolean, number?, string?];

function fill(
	ctx: Context,
	type: 'leads' | 'contacts',
	fields: Filled[],
): Map<number, FieldValue[]> {
	return new Map(
		fields.map(([id, name, fieldType, value, enum_id, code]) => {
			ctx.store.addField(type, { id, name, type: fieldType, code: code ?? null });
			return [id, [enum_id === undefined ? { value } : { value, enum_id }]];
		}),
	);
}

const lead = (ctx: Context, values: Partial<Lead>, fields: Filled[] = []): Lead => ({
	...entity,
	id: 0,
	name: '',
	price: 1000,
	status_id: 0,
	pipeline_id: 8572511,
	loss_reason_id: null,
	closed_at: null,
	contacts: [],
	responsible_user_id: 12345678,
	created_by: 11087123,
	updated_by: 11087123,
	created_at: 0,
	updated_at: 0,
	...values,
	field_values: fill(ctx, 'leads', fields),
});

describe('Webhook bodies', () => {
	it.each([
		['webhook.lead.status', 12345678],
		['webhook.lead.add', 66666666],
		['webhook.lead.update', 12345678],
		['webhook.lead.note', 32720107],
		['webhook.contact.add', 32720107],
	])('encode %s exactly as PHP does', (name, id) => {
		const ctx = account(id);
		const parsed = fixture(`${name}.parsed.json`) as { [key: string]: FormValue };

		expect(webhookBody(ctx, parsed)).toBe(fixtureText(`${name}.txt`));
	});

	it('leave out nulls and empty lists, and turn booleans into digits', () => {
		const body = formEncode({
			a: null,
			b: [],
			c: true,
			d: false,
			e: "it's ~ (ok)*!",
			f: ['ä', ''],
		});

		expect(body).toBe('c=1&d=0&e=it%27s+%7E+%28ok%29%2A%21&f%5B0%5D=%C3%A4&f%5B1%5D=');
		expect(parse(body)['e']).toBe("it's ~ (ok)*!");
	});

	it('tell a stage change with text, number, select and scalar date fields', () => {
		const ctx = account(12345678);
		const moved = lead(
			ctx,
			{
				id: 15318175,
				status_id: 67548619,
				created_at: 1726572752,
				updated_at: 1726572758,
			},
			[
				[1118164, 'Benefit', 'numeric', '1000'],
				[1246483, 'Text', 'text', 'Text'],
				[1246485, 'Numeric', 'numeric', '123'],
				[1246489, 'Select', 'select', '2', 908107],
				[1246491, 'Date', 'date', 1725915600],
			],
		);
		const old = { status_id: 67548607 };

		expect(webhookBody(ctx, leadEvent(ctx, 'status', moved, old))).toBe(
			fixtureText('webhook.lead.status.txt'),
		);
		const responsible: Lead = {
			...moved,
			responsible_user_id: 1234567,
			updated_at: 1726572882,
		};
		const event = leadEvent(ctx, 'responsible', responsible, {
			...old,
			responsible_user_id: 12345673,
		});
		expect(webhookBody(ctx, event)).toBe(fixtureText('webhook.lead.responsible.txt'));
	});

	it('tell a new lead with a switched-on checkbox', () => {
		const ctx = account(66666666);
		const added = lead(
			ctx,
			{
				id: 1111111,
				name: 'New Lead',
				status_id: 2222222,
				price: 500,
				responsible_user_id: 3333333,
				created_by: 44444444,
				updated_by: 44444444,
				pipeline_id: 5555555,
				created_at: 1726566390,
				updated_at: 1726566390,
			},
			[
				[77777777, 'Benefit', 'numeric', '0'],
				[88888888, 'Text', 'text', 'Text'],
				[9999999, 'Numeric', 'numeric', '123'],
				[12345678, 'Toggle switch', 'checkbox', true],
				[87654321, 'Date', 'date', 1729717200],
				[12312312, 'Currency', 'monetary', '200'],
			],
		);

		expect(webhookBody(ctx, leadEvent(ctx, 'add', added))).toBe(
			fixtureText('webhook.lead.add.txt'),
		);
	});

	it('tell a deleted lead by its ids only', () => {
		const ctx = account(12345678);
		const gone = lead(ctx, { id: 12345678, status_id: 67548607 });

		expect(webhookBody(ctx, leadEvent(ctx, 'delete', gone))).toBe(
			fixtureText('webhook.lead.delete.txt'),
		);
	});

	it('tell a contact with codes, a dotted birthday and a radiobutton as an object', () => {
		const ctx = account(32720107);
		const contact: Contact = {
			...entity,
			id: 17611273,
			name: 'Contact Name',
			first_name: '',
			last_name: '',
			responsible_user_id: 11087123,
			created_by: 11087123,
			updated_by: 11087123,
			created_at: 1726573127,
			updated_at: 1726573127,
			field_values: fill(ctx, 'contacts', [
				[771906, 'Phone', 'multitext', '1234567890', 552476, 'PHONE'],
				[771908, 'Email', 'multitext', 'user@example.com', 552488, 'EMAIL'],
				[782386, 'Birthday', 'birthday', Date.UTC(1980, 0, 12) / 1000],
				[791668, 'Bio', 'textarea', 'Text'],
				[791730, 'Any radiobutton', 'radiobutton', '2', 566642],
			]),
		};

		expect(webhookBody(ctx, contactEvent(ctx, 'contacts', 'add', contact))).toBe(
			fixtureText('webhook.contact.add.txt'),
		);
	});

	it('tell a company under contacts, with its linked leads', () => {
		const ctx = account(32720107);
		const company: Contact = {
			...entity,
			id: 17612521,
			name: 'Company name',
			first_name: '',
			last_name: '',
			responsible_user_id: 11087123,
			created_by: 11087123,
			updated_by: 11087123,
			created_at: 1726576533,
			updated_at: 1726576534,
			field_values: new Map(),
		};
		ctx.store.leads.set(15319601, lead(ctx, { id: 15319601, companies: [17612521] }));

		expect(webhookBody(ctx, contactEvent(ctx, 'companies', 'add', company))).toBe(
			fixtureText('webhook.company.add.txt'),
		);
	});

	it('tell a note with its text time three hours ahead of UTC', () => {
		const ctx = account(32720107);
		ctx.store.users.set(11087123, {
			id: 11087123,
			name: 'Sales manager',
			email: 'sales.manager@example.com',
			lang: 'en',
			is_admin: false,
			is_active: true,
			role: null,
			group: null,
		});
		const note: Note = {
			id: 4600471,
			entity_type: 'leads',
			entity_id: 15320411,
			created_by: 11087123,
			updated_by: 11087123,
			created_at: 1726580291,
			updated_at: 1726580329,
			responsible_user_id: 11087123,
			group_id: 0,
			note_type: 'common',
			params: { text: 'note text' },
			is_pinned: false,
		};

		expect(webhookBody(ctx, noteEvent(ctx, note))).toBe(fixtureText('webhook.lead.note.txt'));
	});

	it('tell a new and a completed task with text times in UTC', () => {
		const ctx = account(32720107);
		const task: Task = {
			id: 1564671,
			created_by: 11087123,
			updated_by: 11087123,
			created_at: 1726578449,
			updated_at: 1726578449,
			responsible_user_id: 11087123,
			group_id: 0,
			entity_id: 15320411,
			entity_type: 'leads',
			duration: 0,
			is_completed: false,
			task_type_id: 1,
			text: 'Task text',
			result: null,
			complete_till: 1759438740,
		};
		expect(webhookBody(ctx, taskEvent(ctx, 'add', task))).toBe(fixtureText('webhook.task.add.txt'));

		const done: Task = {
			...task,
			id: 1564845,
			text: 'text',
			is_completed: true,
			created_at: 1726579225,
			updated_at: 1726579269,
			complete_till: 1729717140,
		};
		expect(webhookBody(ctx, taskEvent(ctx, 'update', done, { text: 'text', closed: true }))).toBe(
			fixtureText('webhook.task.complete.txt'),
		);
	});

	it('are minimal for Digital Pipeline hooks', () => {
		const added = account(32000011, 'example');
		const addedLead = lead(added, { id: 19030890, status_id: 71995068, pipeline_id: 8833059 });
		expect(digitalPipelineBody(added, 'add', addedLead, {})).toBe(
			fixtureText('webhook.dp.lead.add.kommo.txt'),
		);

		const moved = account(29964523, 'example');
		const movedLead = lead(moved, { id: 916659, status_id: 45648904, pipeline_id: 5080363 });
		expect(digitalPipelineBody(moved, 'status', movedLead, { status_id: 45648901 })).toBe(
			fixtureText('webhook.dp.lead.status.txt'),
		);
	});

	it('carry the account block last where an account does so', () => {
		const ctx = account(1);
		ctx.switches.accountBlock = 'last';

		expect(webhookBody(ctx, { leads: { delete: [{ id: 5 }] } })).toMatch(
			/^leads%5Bdelete%5D%5B0%5D%5Bid%5D=5&account%5Bsubdomain%5D=/,
		);
	});
});
