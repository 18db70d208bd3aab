import { changeKey, deliveryKey } from '../../../nodes/Kommo/webhook/change-key';
import { isWanted, type ChangeFilter } from '../../../nodes/Kommo/webhook/change-filter';
import { changesOf, type KommoChange } from '../../../nodes/Kommo/webhook/kommo-change';
import { parsePhpForm } from '../../../nodes/Kommo/webhook/php-form-body';
import { fixtureText } from '../../simulators/kommo/fixture-files';

const changesIn = (file: string) => changesOf(parsePhpForm(fixtureText(file)));

function onlyChangeIn(file: string): KommoChange {
	const changes = changesIn(file);
	expect(changes).toHaveLength(1);
	return changes[0] as KommoChange;
}

describe('A change told by Kommo', () => {
	it('is read from a full body of a stage change', () => {
		const { raw, ...change } = onlyChangeIn('webhook.lead.status.txt');
		expect(change).toEqual({
			event: 'status_lead',
			entityType: 'leads',
			entityId: '15318175',
			leadId: 15318175,
			contactId: null,
			name: null,
			price: 1000,
			pipelineId: 8572511,
			statusId: 67548619,
			oldStatusId: 67548607,
			oldPipelineId: null,
			responsibleUserId: 12345678,
			changedByUserId: 11087123,
			changedAt: '2024-09-17T11:32:38Z',
			customFields: {
				Benefit: '1000',
				Text: 'Text',
				Numeric: '123',
				Select: '2',
				Date: '1725915600',
			},
			accountId: '12345678',
		});
		expect(raw).toMatchObject({ id: '15318175', last_modified: '1726572758' });
	});

	it('is read from the minimal body of a Digital Pipeline hook', () => {
		expect(onlyChangeIn('webhook.dp.lead.status.txt')).toMatchObject({
			event: 'status_lead',
			leadId: 916659,
			statusId: 45648904,
			pipelineId: 5080363,
			oldStatusId: 45648901,
			oldPipelineId: 5080363,
			name: null,
			price: null,
			changedAt: null,
			changedByUserId: null,
			accountId: '29964523',
		});
	});

	it.each([
		['webhook.lead.add.txt', { event: 'add_lead', leadId: 1111111, price: 500 }],
		['webhook.lead.update.txt', { event: 'update_lead', oldStatusId: 67548607 }],
		['webhook.lead.delete.txt', { event: 'delete_lead', leadId: 12345678, changedAt: null }],
		['webhook.lead.responsible.txt', { event: 'responsible_lead', entityType: 'leads' }],
		['webhook.dp.lead.add.kommo.txt', { event: 'add_lead', leadId: 19030890 }],
		['webhook.dp.lead.mail_in.txt', { event: 'mail_in_lead', leadId: 4921027 }],
		[
			'webhook.lead.note.txt',
			{ event: 'note_lead', entityType: 'notes', entityId: '4600471', leadId: 15320411 },
		],
		[
			'webhook.contact.add.txt',
			{ event: 'add_contact', entityType: 'contacts', contactId: 17611273, leadId: null },
		],
		['webhook.company.add.txt', { event: 'add_company', entityType: 'companies', contactId: null }],
		['webhook.task.add.txt', { event: 'add_task', entityType: 'tasks', leadId: 15320411 }],
		['webhook.task.complete.txt', { event: 'update_task', changedAt: '2024-09-17T13:21:09Z' }],
		[
			'webhook.message.add.txt',
			{ event: 'add_message', entityType: 'messages', leadId: 9276114, contactId: 11018118 },
		],
		['webhook.unsorted.accept.txt', { event: 'delete_unsorted', entityType: 'incomingLeads' }],
	])('is read from %s', (file, expected) => {
		expect(onlyChangeIn(file)).toMatchObject(expected);
	});

	it.each(['172657832720107', '99999999999999999999', '0', '-5', 'soon'])(
		'has no time where it is none: %s',
		(time) => {
			const [change] = changesOf(
				parsePhpForm(`leads[add][0][id]=7&leads[add][0][updated_at]=${time}`),
			);
			expect(change).toMatchObject({ leadId: 7, changedAt: null });
		},
	);

	it('shows dates, radio buttons and empty fields by their values', () => {
		const fields = [
			'[0][id]=1&[0][name]=Radio&[0][values][value]=2&[0][values][enum]=566642',
			'[1][id]=2&[1][name]=Date&[1][values][0]=1615845600',
			'[2][id]=3&[2][name]=Empty',
			'[3][id]=4&[3][name]=Choices&[3][values][0][value]=a&[3][values][1][value]=b',
			'[4][id]=5&[4][code]=KP_GATEWAY&[4][values][0][value]=stripe',
		].flatMap((field) => field.split('&'));
		const body = fields.map((pair) => `leads[add][0][custom_fields]${pair}`).join('&');
		const [change] = changesOf(parsePhpForm(`leads[add][0][id]=1&account[id]=9&${body}`));
		expect(change?.customFields).toEqual({
			Radio: '2',
			Date: '1615845600',
			Empty: null,
			Choices: ['a', 'b'],
			KP_GATEWAY: 'stripe',
		});
	});

	it('comes once for each entity of a body', () => {
		const body = 'account[id]=9&leads[add][0][id]=1&leads[add][1][id]=2&leads[status][0][id]=1';
		expect(changesOf(parsePhpForm(body)).map(({ event, leadId }) => [event, leadId])).toEqual([
			['add_lead', 1],
			['add_lead', 2],
			['status_lead', 1],
		]);
	});

	it.each([
		['a body of somebody else', 'token=1&text=hello'],
		['a text where entities should be', 'leads=1&account[id]=9'],
		['an entity that is a text', 'leads[add][0]=1&account[id]=9'],
		['nothing', ''],
	])('is not seen in %s', (_name, body) => {
		expect(changesOf(parsePhpForm(body))).toEqual([]);
	});
});

describe('The filter of changes', () => {
	const status = onlyChangeFromStatus();
	const everything: ChangeFilter = {
		events: ['status_lead'],
		pipelineId: null,
		statusId: null,
		fromStatusId: null,
		onlyByPeople: false,
	};

	function onlyChangeFromStatus(): KommoChange {
		return changesIn('webhook.lead.status.txt')[0] as KommoChange;
	}

	it.each<[string, Partial<ChangeFilter>, Partial<KommoChange>, boolean]>([
		['an event that is subscribed', {}, {}, true],
		['an event that is not', { events: ['add_lead'] }, {}, false],
		['the pipeline asked for', { pipelineId: 8572511 }, {}, true],
		['another pipeline', { pipelineId: 1 }, {}, false],
		['the stage asked for', { statusId: 67548619 }, {}, true],
		['another stage', { statusId: 142 }, {}, false],
		['the stage it comes from', { fromStatusId: 67548607 }, {}, true],
		['another stage it comes from', { fromStatusId: 1 }, {}, false],
		[
			'an update, whatever stage changes have to come from',
			{ fromStatusId: 1, events: ['update_lead'] },
			{ event: 'update_lead' },
			true,
		],
		[
			'a task, which has no pipeline',
			{ pipelineId: 1, events: ['add_task'] },
			{ event: 'add_task', pipelineId: null, statusId: null },
			true,
		],
		['a change by an integration', { onlyByPeople: true }, { changedByUserId: 0 }, false],
		['a change by a person', { onlyByPeople: true }, {}, true],
		['a Digital Pipeline event that only people can set up', {}, { event: 'mail_in_lead' }, true],
	])('decides on %s', (_name, filter, change, wanted) => {
		expect(isWanted({ ...status, ...change }, { ...everything, ...filter })).toBe(wanted);
	});
});

describe('The key of a change', () => {
	const status = changesIn('webhook.lead.status.txt')[0] as KommoChange;

	it('is the same for a repeated delivery', () => {
		expect(deliveryKey(changesIn('webhook.lead.status.txt'))).toBe(deliveryKey([status]));
	});

	it.each<[string, Partial<KommoChange>]>([
		['account', { accountId: '1' }],
		['lead', { entityId: '1' }],
		['event', { event: 'update_lead' }],
		['stage', { statusId: 1 }],
		['stage it came from', { oldStatusId: 1 }],
		['time', { changedAt: '2024-09-17T11:32:39Z' }],
	])('differs with another %s', (_name, difference) => {
		expect(deliveryKey([{ ...status, ...difference }])).not.toBe(deliveryKey([status]));
	});

	it('needs the lead itself where the body has no time', () => {
		const [minimal] = changesIn('webhook.dp.lead.status.txt') as [KommoChange];
		expect(deliveryKey([minimal])).toBeNull();
		const first = changeKey(minimal, '2026-11-20T10:00:00Z');
		expect(changeKey(minimal, '2026-11-20T11:00:00Z')).not.toBe(first);
	});
});
