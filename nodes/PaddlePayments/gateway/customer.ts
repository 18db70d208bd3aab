import { assertError } from '../../core/assert-error';
import { stringAt, valueAt, type JsonObject } from '../../core/json';
import type { LinkRequest } from '../../gateways/gateway';
import { ApiError } from '../../http/http';
import { pathTo } from '../../http/path-to';
import type { PaddleApi } from './api';

type Client = LinkRequest['customer'];

const COLLECTION = '/customers';
const CUSTOMER_ID = /ctm_[a-z\d]{26}/;

/**
 * The Paddle customer with the client's e-mail address, made when there is none. A missing name is filled in, nothing
 * is overwritten. https://developer.paddle.com/api-reference/customers
 * @returns null without an e-mail address, and for archived customers: the client enters it at the checkout then
 */
export async function customerIdOf(client: Client, api: PaddleApi): Promise<string | null> {
	if (client.email === null) return null;
	const known = await findByEmail(client.email, api);
	return known === null
		? await createCustomer(client, client.email, api)
		: await reuse(known, client, api);
}

/** @returns null when Paddle no longer has it */
export async function fetchCustomer(
	customerId: string,
	api: PaddleApi,
): Promise<JsonObject | null> {
	return await api.find(pathTo('customers', customerId));
}

async function findByEmail(email: string, api: PaddleApi): Promise<JsonObject | null> {
	const query: Array<[string, string]> = [
		['email', email],
		['status', 'active,archived'],
	];
	for await (const customer of api.list(COLLECTION, query)) return customer;
	return null;
}

/** Paddle may know an address that the look-up misses, in other letters for example; it then tells whose it is. */
async function createCustomer(
	{ name }: Client,
	email: string,
	api: PaddleApi,
): Promise<string | null> {
	try {
		const created = await api.createUnique(COLLECTION, {
			email,
			...(name === null ? {} : { name }),
		});
		return stringAt(created, 'id');
	} catch (error) {
		assertError(error, ApiError);
		return await takenBy(error, { name, email, phone: null }, api);
	}
}

/** https://developer.paddle.com/errors/customers/customer_already_exists */
async function takenBy(error: ApiError, client: Client, api: PaddleApi): Promise<string | null> {
	const id = CUSTOMER_ID.exec(error.message)?.[0];
	if (error.details.code !== 'customer_already_exists' || id === undefined) throw error;
	return await reuse(await api.get(pathTo('customers', id)), client, api);
}

async function reuse(
	customer: JsonObject,
	{ name }: Client,
	api: PaddleApi,
): Promise<string | null> {
	const id = stringAt(customer, 'id');
	if (id === null || valueAt(customer, 'status') === 'archived') return null;
	if (name !== null && stringAt(customer, 'name') === null) {
		await api.change(pathTo('customers', id), { name });
	}
	return id;
}
