import { listAt, numberAt, stringAt } from '../../core/json';
import type { KommoApi } from './kommo-api';

export interface TaskType {
	id: number;
	name: string;
}

export interface Account {
	id: number;
	name: string;
	subdomain: string;
	/** Upper-case ISO 4217: the currency of every lead's price. */
	currency: string | null;
	/** IANA name of the zone in which the account's days begin and end. */
	timeZone: string | null;
	taskTypes: TaskType[];
	/** The user the access token belongs to. */
	currentUserId: number | null;
}

/** The account the access token belongs to. */
export async function getAccount(api: KommoApi): Promise<Account> {
	const body = await api.request({
		method: 'GET',
		path: '/api/v4/account',
		query: [['with', 'task_types,datetime_settings']],
	});
	return {
		id: numberAt(body, 'id') ?? 0,
		name: stringAt(body, 'name') ?? '',
		subdomain: stringAt(body, 'subdomain') ?? '',
		currency: stringAt(body, 'currency')?.toUpperCase() ?? null,
		timeZone: stringAt(body, '_embedded', 'datetime_settings', 'timezone'),
		taskTypes: listAt(body, '_embedded', 'task_types').flatMap((type) => {
			const id = numberAt(type, 'id');
			return id === null ? [] : [{ id, name: stringAt(type, 'name') ?? `Type ${id}` }];
		}),
		currentUserId: numberAt(body, 'current_user_id'),
	};
}
