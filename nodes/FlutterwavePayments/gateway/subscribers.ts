import { stringAt, valueAt, type JsonObject } from '../../core/json';
import type { FlutterwaveApi } from './api';

/** Ten pages. With more subscriptions than that it costs less to ask for those of each payer. */
const MOST_READ_AT_ONCE = 100;

/**
 * Who pays by a plan. Later periods come with a `tx_ref` that is not ours, and asking after every such payment would
 * cost several requests each; here subscriptions are read when the first one is asked for, and kept.
 */
export class Subscribers {
	private all: Promise<JsonObject[] | null> | null = null;
	private readonly ofPayers = new Map<string, Promise<JsonObject[]>>();

	constructor(private readonly api: FlutterwaveApi) {}

	/**
	 * Whether a charge can be that of a subscription: by its payer and its amount.
	 * @param charge as listed or as verified
	 */
	async include(charge: JsonObject): Promise<boolean> {
		const email = stringAt(charge, 'customer_email') ?? stringAt(charge, 'customer', 'email');
		if (email === null || stringAt(charge, 'payment_type') !== 'card') return false;
		const subscriptions = await this.subscriptionsOf(email);
		// Not read as money: a currency that we don't know must not end the look back.
		return subscriptions.some(({ amount }) => Number(amount) === Number(valueAt(charge, 'amount')));
	}

	private async subscriptionsOf(email: string): Promise<JsonObject[]> {
		this.all ??= readAll(this.api);
		const all = await this.all;
		if (all !== null) return all.filter((subscription) => isOf(email, subscription));
		const known = this.ofPayers.get(email) ?? readOf(email, this.api);
		this.ofPayers.set(email, known);
		return await known;
	}
}

function isOf(email: string, subscription: JsonObject): boolean {
	const payer = stringAt(subscription, 'customer', 'customer_email') ?? '';
	return payer.toLowerCase() === email.toLowerCase();
}

/** @returns null when there are too many */
async function readAll(api: FlutterwaveApi): Promise<JsonObject[] | null> {
	const subscriptions: JsonObject[] = [];
	for await (const subscription of api.list('/subscriptions')) {
		if (subscriptions.length === MOST_READ_AT_ONCE) return null;
		subscriptions.push(subscription);
	}
	return subscriptions;
}

async function readOf(email: string, api: FlutterwaveApi): Promise<JsonObject[]> {
	const subscriptions: JsonObject[] = [];
	for await (const subscription of api.list('/subscriptions', { email })) {
		subscriptions.push(subscription);
	}
	return subscriptions;
}
