import {
	isJsonObject,
	listAt,
	objectAt,
	stringAt,
	valueAt,
	type JsonObject,
} from '../../core/json';

/**
 * Whether a transaction asks for what the body of a request does: the same catalog prices, or the same amount at the
 * same interval and with the same tax. Names and descriptions don't count.
 */
export function isSameSale(params: JsonObject, transaction: JsonObject): boolean {
	const wanted = listAt(params, 'items').filter(isJsonObject);
	const present = listAt(transaction, 'items').filter(isJsonObject);
	if (wanted.length !== present.length) return false;
	return wanted.every((item) => present.some((shown) => isSameItem(item, shown)));
}

function isSameItem(wanted: JsonObject, shown: JsonObject): boolean {
	if (valueAt(wanted, 'quantity') !== valueAt(shown, 'quantity')) return false;
	const priceId = stringAt(wanted, 'price_id');
	return priceId === null
		? termsOf(objectAt(wanted, 'price')) === termsOf(objectAt(shown, 'price'))
		: priceId === stringAt(shown, 'price', 'id');
}

function termsOf(price: JsonObject | null): string {
	return [
		stringAt(price, 'unit_price', 'amount'),
		stringAt(price, 'unit_price', 'currency_code'),
		stringAt(price, 'billing_cycle', 'interval'),
		stringAt(price, 'tax_mode'),
	].join();
}
