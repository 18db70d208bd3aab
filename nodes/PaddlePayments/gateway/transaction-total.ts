import { stringAt, valueAt, type JsonObject } from '../../core/json';
import { fromProviderAmount, type Money } from '../../core/money';
import { PADDLE_CURRENCIES } from './currencies';

/**
 * What the client pays: `grand_total`, tax and discounts included. Prices times quantities are something else.
 * https://developer.paddle.com/api-reference/transactions/overview
 */
export function totalOf(transaction: JsonObject): Money {
	const totals = (key: string) => stringAt(transaction, 'details', 'totals', key);
	return paddleMoney(
		totals('grand_total') ?? totals('total') ?? '0',
		totals('currency_code') ?? valueAt(transaction, 'currency_code'),
	);
}

/** @param amount a string of digits in the currency's lowest denomination */
export function paddleMoney(amount: string, currency: unknown): Money {
	return fromProviderAmount(amount, currency, PADDLE_CURRENCIES);
}
