import { notFound, invalidField, PaddleError } from '../api/paddle-error';
import { paginate } from '../api/paging';
import { created, list, ok, route, type Route } from '../api/router';
import {
	createAddress,
	createCustomer,
	type AddressInput,
	type CustomerInput,
} from '../entities/customer';
import type { Simulation } from '../simulation';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 50, maxPerPage: 200 };

/** Countries where the tax authority wants to know more than the country. */
const NEEDS_POSTAL_CODE = new Set(['AU', 'CA', 'DE', 'ES', 'FR', 'GB', 'IN', 'IT', 'NL', 'US']);

export function customerRoutes(simulation: Simulation): Route[] {
	const { store } = simulation;
	return [
		route('GET', '/customers', ({ query, url }) => {
			const search = query.one('search')?.toLowerCase();
			const emails = query.list('email')?.map((email) => email.toLowerCase());
			const items = store.customers
				.oldestFirst()
				.filter(
					({ id, name, email, status }) =>
						(query.list('status') ?? ['active']).includes(status) &&
						query.allows('id', id) &&
						(!emails || emails.includes(email.toLowerCase())) &&
						(!search || `${id} ${name ?? ''} ${email}`.toLowerCase().includes(search)),
				);
			return list(paginate(items, query, url, PAGE));
		}),
		route<CustomerInput>('POST', '/customers', ({ body }) => {
			if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(body.email)) {
				throw invalidField({ field: 'email', message: 'must be a valid email address' });
			}
			refuseTaken(simulation, body.email);
			return created(createCustomer(simulation, body));
		}),
		route('GET', '/customers/{customer_id}', ({ ids }) =>
			ok(store.customers.get(ids['customer_id'] ?? '')),
		),
		route<Partial<CustomerInput> & { status?: 'active' | 'archived' }>(
			'PATCH',
			'/customers/{customer_id}',
			({ ids, body }) => {
				const customer = store.customers.get(ids['customer_id'] ?? '');
				if (body.email && body.email !== customer.email) refuseTaken(simulation, body.email);
				Object.assign(customer, body, { updated_at: simulation.timestamp() });
				simulation.events.emit('customer.updated', customer);
				return ok(customer);
			},
		),
		route('GET', '/customers/{customer_id}/addresses', ({ ids, query, url }) => {
			const customer = store.customers.get(ids['customer_id'] ?? '');
			const items = store.addresses
				.oldestFirst()
				.filter(
					({ id, customer_id: owner, status }) =>
						owner === customer.id &&
						(query.list('status') ?? ['active']).includes(status) &&
						query.allows('id', id),
				);
			return list(paginate(items, query, url, PAGE));
		}),
		route<AddressInput>('POST', '/customers/{customer_id}/addresses', ({ ids, body }) => {
			const customer = store.customers.get(ids['customer_id'] ?? '');
			if (NEEDS_POSTAL_CODE.has(body.country_code) && !body.postal_code) {
				throw invalidField({
					field: 'postal_code',
					message: `must be provided for country_code ${body.country_code}`,
				});
			}
			return created(createAddress(simulation, customer.id, body));
		}),
		route('GET', '/customers/{customer_id}/addresses/{address_id}', ({ ids }) => {
			const address = store.addresses.get(ids['address_id'] ?? '');
			if (address.customer_id !== ids['customer_id']) throw notFound('Address', address.id);
			return ok(address);
		}),
	];
}

/** https://developer.paddle.com/errors/customers/customer_already_exists */
function refuseTaken({ store }: Simulation, email: string): void {
	const existing = store.customerByEmail(email);
	if (!existing) return;
	throw new PaddleError(
		409,
		'customers',
		'customer_already_exists',
		`customer email conflicts with customer of id ${existing.id}`,
	);
}
