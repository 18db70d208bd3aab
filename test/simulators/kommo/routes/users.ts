import type { Express } from 'express';
import type { Context } from '../context';
import type { User } from '../entities';
import { ListQuery, selfLink, sendHal, sendList } from '../list-query';
import { missingScope, notFound } from '../problem';

/** Administrators only. */
export function userRoutes(app: Express, ctx: Context): void {
	app.get('/api/v4/users', (req, res) => {
		if (!ctx.switches.administrator) throw missingScope();
		const query = new ListQuery(req);
		const users = query.sort([...ctx.store.users.values()], ['id']);
		const render = (user: User) => renderUser(ctx, user, query.options);
		sendList(ctx, res, query, 'users', users, render, true);
	});
	app.get('/api/v4/users/:id', (req, res) => {
		if (!ctx.switches.administrator) throw missingScope();
		const user = ctx.store.users.get(Number(req.params.id));
		if (!user) throw notFound('User not found');
		sendHal(res, 200, renderUser(ctx, user, new ListQuery(req).options));
	});
}

function renderUser(ctx: Context, user: User, options: ReadonlySet<string>): object {
	const all = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' };
	const embedded = {
		...(options.has('role')
			? {
					roles: user.role ? [{ ...user.role, ...selfLink(ctx, `roles/${user.role.id}`) }] : [],
				}
			: {}),
		...(options.has('group') ? { groups: user.group ? [user.group] : [] } : {}),
	};
	return {
		id: user.id,
		name: user.name,
		email: user.email,
		lang: user.lang,
		rights: {
			leads: all,
			contacts: all,
			companies: all,
			tasks: { edit: 'A', delete: 'A' },
			mail_access: false,
			catalog_access: user.is_admin,
			status_rights: null,
			is_admin: user.is_admin,
			is_free: false,
			is_active: user.is_active,
			group_id: user.group?.id ?? null,
			role_id: user.role?.id ?? null,
		},
		...selfLink(ctx, `users/${user.id}`),
		...(Object.keys(embedded).length > 0 ? { _embedded: embedded } : {}),
	};
}
