import { valueAt } from '../../core/json';
import type { KommoApi } from './kommo-api';

export interface User {
	id: number;
	name: string;
	email: string;
}

/**
 * The account's active users.
 * @throws ApiError with status 403 when the token is not an administrator's
 */
export async function* listUsers(api: KommoApi): AsyncGenerator<User> {
	for await (const entry of api.pages('/api/v4/users', [], 'users')) {
		if (valueAt(entry, 'rights', 'is_active') !== false) yield entry as unknown as User;
	}
}
