import type { AdjustmentAction } from '@paddle/paddle-node-sdk';
import { adjustmentError, notFound } from '../api/paddle-error';
import type { Simulation } from '../simulation';
import type { AdjustedTotals, Adjustment, AdjustmentItem, LineItem, Transaction } from '../wire';
import { sign } from './transaction-totals';

export interface AdjustmentItemInput {
	item_id: string;
	type: 'full' | 'partial';
	amount?: string | null;
}

export interface AdjustmentInput {
	action: AdjustmentAction;
	transaction_id: string;
	reason: string;
	type?: 'full' | 'partial';
	items?: AdjustmentItemInput[] | null;
}

/** What is left to take back from a line item, lowest denomination. Pending refunds count as taken. */
export function remaining(simulation: Simulation, { id, totals }: LineItem): number {
	const taken = simulation.store.adjustments
		.oldestFirst()
		.filter(({ status }) => status !== 'rejected')
		.flatMap(({ action, items }) =>
			items
				.filter(({ item_id: itemId }) => itemId === id)
				.map((item) => sign(action) * Number(item.amount)),
		)
		.reduce((sum, amount) => sum + amount, 0);
	return Number(totals?.total) - taken;
}

/** Makes an adjustment; whether the transaction may have one is the caller's question. */
export function createAdjustment(
	simulation: Simulation,
	transaction: Transaction,
	input: AdjustmentInput,
	status: Adjustment['status'],
): Adjustment {
	const lines = new Map(transaction.details.line_items.map((line) => [line.id, line]));
	const whole = input.type === 'full';
	const wanted: AdjustmentItemInput[] = whole
		? [...lines.keys()].map((id) => ({ item_id: id, type: 'full' }))
		: (input.items ?? []);
	const items = wanted.map((item): AdjustmentItem => {
		const line = lines.get(item.item_id);
		if (!line) throw notFound('Transaction item', item.item_id);
		const back = sign(input.action) < 0;
		const left = back ? Number(line.totals?.total) : remaining(simulation, line);
		const amount = item.type === 'full' ? left : Number(item.amount);
		checkRemaining(amount, left, Number(line.totals?.total));
		return {
			id: simulation.ids.next('adjitm'),
			item_id: line.id,
			type: item.type,
			amount: String(amount),
			proration: null,
			totals: share(line, amount),
		};
	});
	const { customer_id: customerId } = transaction;
	if (!customerId) throw new Error('A completed transaction always has a customer');
	const sums = sumOf(items);
	const totals = { ...sums, ...feeShare(transaction, sums), retained_fee: '0' };
	const at = simulation.timestamp();
	return simulation.store.adjustments.add({
		id: simulation.ids.next('adj'),
		action: input.action,
		type: whole ? 'full' : 'partial',
		transaction_id: transaction.id,
		subscription_id: transaction.subscription_id,
		customer_id: customerId,
		reason: input.reason,
		credit_applied_to_balance: input.action === 'credit' ? false : null,
		currency_code: transaction.currency_code,
		status,
		items,
		totals: { ...totals, currency_code: transaction.currency_code },
		payout_totals: {
			...totals,
			chargeback_fee: { amount: '0', original: null },
			currency_code: 'USD',
		},
		tax_rates_used: [
			{ tax_rate: transaction.details.tax_rates_used[0]?.tax_rate ?? '0', totals: sums },
		],
		created_at: at,
		updated_at: at,
	});
}

function checkRemaining(amount: number, left: number, total: number): void {
	if (amount === 0 && total > 0) {
		throw adjustmentError('adjustment_amount_cannot_be_zero', 'Adjustment amount cannot be zero');
	}
	if (amount > left) {
		throw adjustmentError(
			'adjustment_amount_above_remaining_allowed',
			'Adjustment item amount defined is above the remaining allowed',
		);
	}
}

/** The tax in a part of a line item is in proportion. */
function share({ totals }: LineItem, amount: number): AdjustedTotals {
	const whole = Number(totals?.total);
	const tax = whole === 0 ? 0 : Math.round((Number(totals?.tax) * amount) / whole);
	return { subtotal: String(amount - tax), tax: String(tax), total: String(amount) };
}

/** Paddle's percentage goes back with the money. */
function feeShare(
	{ details }: Transaction,
	sums: AdjustedTotals,
): { fee: string; earnings: string } {
	const whole = Number(details.totals?.grand_total);
	const charged = Number(details.totals?.fee ?? 0);
	const fee = whole === 0 ? 0 : Math.round((charged * Number(sums.total)) / whole);
	return { fee: String(fee), earnings: String(Number(sums.subtotal) - fee) };
}

function sumOf(items: AdjustmentItem[]): AdjustedTotals {
	const sum = (key: keyof AdjustedTotals): string =>
		String(items.reduce((rest, { totals }) => rest + Number(totals[key]), 0));
	return { subtotal: sum('subtotal'), tax: sum('tax'), total: sum('total') };
}
