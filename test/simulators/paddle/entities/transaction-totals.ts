import type { CurrencyCode, TaxMode } from '@paddle/paddle-node-sdk';
import type { Simulation } from '../simulation';
import type { LineItem, Totals, Transaction, TransactionDetails, TransactionItem } from '../wire';

/** Paddle keeps 5 % and 50 of the smallest unit. */
const FEE_RATE = 0.05;
const FEE_FIXED = 50;
const NOTHING = '0';

/**
 * Totals of a transaction before it is paid: fees and earnings are still null.
 * @param ids ids of the line items to keep, by position
 */
export function calculateDetails(
	simulation: Simulation,
	items: TransactionItem[],
	currencyCode: CurrencyCode,
	ids: string[] = [],
	renewal = false,
): TransactionDetails {
	const { taxRate } = simulation.settings;
	const lines = items.map((item, index) =>
		lineItem(simulation, item, ids[index] ?? simulation.ids.next('txnitm'), renewal),
	);
	const sums = sumOf(lines.map(({ totals }) => totals as Totals));
	return {
		tax_rates_used: [{ tax_rate: taxRate, totals: sums }],
		totals: {
			...sums,
			grand_total: sums.total,
			grand_total_tax: sums.tax,
			credit: NOTHING,
			credit_to_balance: NOTHING,
			balance: sums.total,
			fee: null,
			earnings: null,
			currency_code: currencyCode,
		},
		adjusted_totals: {
			subtotal: sums.subtotal,
			tax: sums.tax,
			total: sums.total,
			grand_total: sums.total,
			grand_total_tax: sums.tax,
			fee: NOTHING,
			earnings: NOTHING,
			retained_fee: NOTHING,
			currency_code: currencyCode,
		},
		payout_totals: null,
		adjusted_payout_totals: null,
		line_items: lines,
	};
}

/** What becomes known on completion: fee, earnings, payout totals. */
export function completeDetails(details: TransactionDetails): void {
	const { totals, adjusted_totals: adjusted } = details;
	if (!totals || !adjusted) throw new Error('A transaction always has totals');
	const charged = Number(totals.grand_total);
	const fee = charged === 0 ? 0 : Math.round(charged * FEE_RATE) + FEE_FIXED;
	totals.fee = String(fee);
	totals.earnings = String(charged - Number(totals.tax) - fee);
	totals.balance = NOTHING;
	adjusted.fee = totals.fee;
	adjusted.earnings = totals.earnings;
	details.payout_totals = {
		...totals,
		fee: totals.fee,
		earnings: totals.earnings,
		currency_code: 'USD',
		exchange_rate: '1',
		fee_rate: NOTHING,
	};
}

/** Totals after adjustments that count: approved refunds, chargebacks, and what reverses them. */
export function adjustDetails(simulation: Simulation, transaction: Transaction): void {
	const { totals, adjusted_totals: adjusted } = transaction.details;
	if (!totals || !adjusted) throw new Error('A transaction always has totals');
	const counted = simulation.store.adjustments
		.oldestFirst()
		.filter(
			({ transaction_id: id, status }) =>
				id === transaction.id && (status === 'approved' || status === 'reversed'),
		);
	const less = (key: 'subtotal' | 'tax' | 'total' | 'fee' | 'earnings', whole: string): string =>
		String(
			counted.reduce(
				(rest, item) => rest - sign(item.action) * Number(item.totals[key]),
				Number(whole),
			),
		);
	adjusted.subtotal = less('subtotal', totals.subtotal);
	adjusted.tax = less('tax', totals.tax);
	adjusted.total = less('total', totals.total);
	adjusted.grand_total = adjusted.total;
	adjusted.grand_total_tax = adjusted.tax;
	adjusted.fee = less('fee', totals.fee ?? NOTHING);
	adjusted.earnings = less('earnings', totals.earnings ?? NOTHING);
	transaction.details.adjusted_payout_totals = {
		subtotal: adjusted.subtotal,
		tax: adjusted.tax,
		total: adjusted.total,
		fee: adjusted.fee,
		chargeback_fee: { amount: NOTHING, original: null },
		earnings: adjusted.earnings,
		currency_code: 'USD',
		exchange_rate: '1',
		retained_fee: NOTHING,
	};
}

/** Which way money goes: 1 back to the payer, -1 to the seller again, 0 for mere warnings. */
export function sign(action: string): -1 | 0 | 1 {
	if (action.includes('warning')) return 0;
	return action.endsWith('_reverse') ? -1 : 1;
}

function lineItem(
	simulation: Simulation,
	{ price, quantity }: TransactionItem,
	id: string,
	renewal: boolean,
): LineItem {
	// During a trial nothing is charged for the item.
	const unit = price.trial_period && !renewal ? 0 : Number(price.unit_price.amount);
	return {
		id,
		price_id: price.id,
		quantity,
		proration: null,
		tax_rate: simulation.settings.taxRate,
		unit_totals: taxed(simulation, unit, price.tax_mode),
		totals: taxed(simulation, unit * quantity, price.tax_mode),
		product: structuredClone(simulation.store.products.get(price.product_id)),
	};
}

function taxed({ settings }: Simulation, amount: number, mode: TaxMode): Totals {
	const rate = Number(settings.taxRate);
	const contained = (mode === 'account_setting' ? settings.taxMode : mode) === 'internal';
	const tax = Math.round(contained ? amount - amount / (1 + rate) : amount * rate);
	return {
		subtotal: String(contained ? amount - tax : amount),
		discount: NOTHING,
		tax: String(tax),
		total: String(contained ? amount : amount + tax),
	};
}

function sumOf(totals: Totals[]): Totals {
	const sum = (key: keyof Totals): string =>
		String(totals.reduce((rest, item) => rest + Number(item[key]), 0));
	return {
		subtotal: sum('subtotal'),
		discount: sum('discount'),
		tax: sum('tax'),
		total: sum('total'),
	};
}
