import type { Simulation } from '../simulation';
import type { Adjustment, Transaction } from '../wire';
import { sign } from './transaction-totals';

/** The transaction as the API shows it, with what `include` asks for, where there is something to show. */
export function transactionView(
	{ store }: Simulation,
	transaction: Transaction,
	include: string[],
): object {
	const adjustments = store.adjustments
		.oldestFirst()
		.filter(({ transaction_id: of }) => of === transaction.id);
	const parts: Record<string, unknown> = {
		customer: store.customers.find(transaction.customer_id),
		address: store.addresses.find(transaction.address_id),
		adjustments: adjustments.length > 0 ? adjustments : undefined,
		adjustments_totals: adjustmentsTotals(transaction, adjustments),
		available_payment_methods: ['card', 'paypal', 'apple_pay', 'google_pay'],
	};
	const included = include.filter((name) => parts[name] !== undefined);
	return { ...transaction, ...Object.fromEntries(included.map((name) => [name, parts[name]])) };
}

/** Sums of the adjustments that count: approved, not pending or rejected. */
function adjustmentsTotals(transaction: Transaction, adjustments: Adjustment[]): object {
	const counted = adjustments.filter(
		({ status }) => /approved$|^reversed$/.test(status) && status !== 'pending_approval',
	);
	const sum = (
		key: 'subtotal' | 'tax' | 'total' | 'fee' | 'earnings',
		among: Adjustment[] = counted,
	): string =>
		String(among.reduce((rest, item) => rest + sign(item.action) * Number(item.totals[key]), 0));
	const of = (action: string): string =>
		sum(
			'total',
			counted.filter((item) => item.action.replace('_reverse', '') === action),
		);
	return {
		subtotal: sum('subtotal'),
		tax: sum('tax'),
		total: sum('total'),
		fee: sum('fee'),
		earnings: sum('earnings'),
		breakdown: { credit: of('credit'), refund: of('refund'), chargeback: of('chargeback') },
		currency_code: transaction.currency_code,
	};
}
