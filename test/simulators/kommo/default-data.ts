import type { Account, Pipeline, Status } from './entities';
import type { KommoStore } from './store';

export const TASK_TYPES = [
	{ id: 1, name: 'Follow-up', color: null, icon_id: null, code: 'FOLLOW_UP' },
	{ id: 2, name: 'Meeting', color: null, icon_id: null, code: 'MEETING' },
] as const;

/** Ids of the default account, for tests that need to name them. */
export const DEFAULTS = {
	users: { administrator: 8375357, salesManager: 11087123, accountManager: 11087127 },
	sales: {
		pipeline: 6950551,
		incoming: 58141803,
		initialContact: 58141807,
		offerMade: 58141811,
		invoiceSent: 58141815,
		paymentReceived: 58141819,
	},
	renewals: {
		pipeline: 6954751,
		incoming: 58172303,
		upcoming: 58172307,
		paymentDue: 58172311,
		renewed: 58172315,
	},
	won: 142,
	lost: 143,
	lossReasons: { tooExpensive: 4203748, noLongerNeeded: 4203750 },
	bot: 565,
} as const;

export function defaultAccount(options: {
	accountId?: number;
	subdomain?: string;
	currency?: string;
}): Account {
	const subdomain = options.subdomain ?? 'example';
	return {
		id: options.accountId ?? 31361463,
		name: 'Example company',
		subdomain,
		currency: options.currency ?? 'EUR',
		timezone: 'Europe/Berlin',
		current_user_id: DEFAULTS.users.administrator,
	};
}

/** Two pipelines, three users, the predefined contact fields; no lead and no field of our own. */
export function fillWithDefaults(store: KommoStore, seconds: number): void {
	addUsers(store);
	addPipelines(store);
	addContactFields(store);
	const reasons = [
		[DEFAULTS.lossReasons.tooExpensive, 'Too expensive'],
		[DEFAULTS.lossReasons.noLongerNeeded, 'No longer needed'],
	] as const;
	for (const [id, name] of reasons) {
		store.lossReasons.set(id, {
			id,
			name,
			sort: 100000,
			created_at: seconds,
			updated_at: seconds,
		});
	}
	store.bots.set(DEFAULTS.bot, {
		id: DEFAULTS.bot,
		name: 'Send payment link',
		message: 'Hello {{contact.name}}, your order "{{lead.name}}" is ready.',
	});
}

function addUsers(store: KommoStore): void {
	const users = [
		[DEFAULTS.users.administrator, 'Administrator', 'administrator@example.com', true],
		[DEFAULTS.users.salesManager, 'Sales manager', 'sales.manager@example.com', false],
		[DEFAULTS.users.accountManager, 'Account manager', 'account.manager@example.com', false],
	] as const;
	for (const [id, name, email, isAdmin] of users) {
		store.users.set(id, {
			id,
			name,
			email,
			lang: 'en',
			is_admin: isAdmin,
			is_active: true,
			role: isAdmin ? null : { id: 3141, name: 'Manager' },
			group: isAdmin ? null : { id: 267688, name: 'Sales department' },
		});
	}
}

const STAGE_COLORS = ['#99ccff', '#ffff99', '#ffcc66', '#ffcccc'];

function pipeline(
	id: number,
	name: string,
	sort: number,
	stages: ReadonlyArray<readonly [number, string]>,
): Pipeline {
	const status = (
		statusId: number,
		statusName: string,
		statusSort: number,
		color: string,
		editable: boolean,
		type: 0 | 1 = 0,
	): Status => ({
		id: statusId,
		name: statusName,
		sort: statusSort,
		is_editable: editable,
		pipeline_id: id,
		color,
		type,
	});
	return {
		id,
		name,
		sort,
		is_main: sort === 1,
		is_unsorted_on: true,
		is_archive: false,
		statuses: [
			...stages.map(([stageId, stageName], index) =>
				index === 0
					? status(stageId, stageName, 10, '#c1c1c1', false, 1)
					: status(stageId, stageName, 10 + index * 10, STAGE_COLORS[index - 1] ?? '#fff', true),
			),
			status(142, 'Closed - won', 10000, '#CCFF66', false),
			status(143, 'Closed - lost', 11000, '#D5D8DB', false),
		],
	};
}

function addPipelines(store: KommoStore): void {
	const { sales, renewals } = DEFAULTS;
	store.pipelines.set(
		sales.pipeline,
		pipeline(sales.pipeline, 'Sales', 1, [
			[sales.incoming, 'Incoming leads'],
			[sales.initialContact, 'Initial contact'],
			[sales.offerMade, 'Offer made'],
			[sales.invoiceSent, 'Awaiting payment'],
			[sales.paymentReceived, 'Payment received'],
		]),
	);
	store.pipelines.set(
		renewals.pipeline,
		pipeline(renewals.pipeline, 'Renewals', 2, [
			[renewals.incoming, 'Incoming leads'],
			[renewals.upcoming, 'Upcoming renewal'],
			[renewals.paymentDue, 'Payment due'],
			[renewals.renewed, 'Renewed'],
		]),
	);
}

function addContactFields(store: KommoStore): void {
	const predefined = { is_deletable: false, is_predefined: true };
	const choices = (values: string[]) =>
		values.map((value, index) => ({ value, sort: 2 + index * 2 }));
	for (const type of ['contacts', 'companies'] as const) {
		store.addField(type, {
			...predefined,
			name: 'Phone',
			type: 'multitext',
			code: 'PHONE',
			sort: 4,
			enums: choices(['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER']),
		});
		store.addField(type, {
			...predefined,
			name: 'Email',
			type: 'multitext',
			code: 'EMAIL',
			sort: 6,
			enums: choices(['WORK', 'PRIV', 'OTHER']),
		});
	}
	store.addField('contacts', {
		...predefined,
		name: 'Position',
		type: 'text',
		code: 'POSITION',
		sort: 2,
	});
	for (const code of ['UTM_SOURCE', 'UTM_MEDIUM', 'UTM_CAMPAIGN']) {
		store.addField('leads', {
			...predefined,
			name: code.toLowerCase(),
			type: 'tracking_data',
			code,
			group_id: 'statistic',
		});
	}
}
