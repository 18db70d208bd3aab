import type { CountryCode } from '@paddle/paddle-node-sdk';
import type { Simulation } from '../simulation';
import type { Address, CustomData, Customer } from '../wire';

export interface CustomerInput {
	email: string;
	name?: string | null;
	custom_data?: CustomData | null;
	locale?: string;
}

export interface AddressInput {
	country_code: CountryCode;
	description?: string | null;
	first_line?: string | null;
	second_line?: string | null;
	city?: string | null;
	postal_code?: string | null;
	region?: string | null;
	custom_data?: CustomData | null;
}

/** Makes a customer and its event; whether the e-mail is taken is the caller's question. */
export function createCustomer(simulation: Simulation, input: CustomerInput): Customer {
	const at = simulation.timestamp();
	const customer = simulation.store.customers.add({
		id: simulation.ids.next('ctm'),
		name: input.name ?? null,
		email: input.email,
		marketing_consent: false,
		status: 'active',
		custom_data: input.custom_data ?? null,
		locale: input.locale ?? 'en',
		created_at: at,
		updated_at: at,
		import_meta: null,
	});
	simulation.events.emit('customer.created', customer);
	return customer;
}

export function createAddress(
	simulation: Simulation,
	customerId: string,
	input: AddressInput,
): Address {
	const at = simulation.timestamp();
	const address = simulation.store.addresses.add({
		id: simulation.ids.next('add'),
		customer_id: customerId,
		description: input.description ?? null,
		first_line: input.first_line ?? null,
		second_line: input.second_line ?? null,
		city: input.city ?? null,
		postal_code: input.postal_code ?? null,
		region: input.region ?? null,
		country_code: input.country_code,
		custom_data: input.custom_data ?? null,
		status: 'active',
		created_at: at,
		updated_at: at,
		import_meta: null,
	});
	simulation.events.emit('address.created', address);
	return address;
}
