import { CURRENCIES, hundredths } from '../money';
import { amountSettled } from '../objects/transaction';
import { refundedHundredths } from '../payments/refunding';
import type { Simulation } from '../simulation';
import type { Answer, ApiCall, Route } from './router';

export const balanceRoutes: Route[] = [{ method: 'get', path: '/balances', handle: list }];

function list({ simulation }: ApiCall): Answer {
	return {
		message: 'Wallet balances fetched',
		data: CURRENCIES.map((currency) => {
			const balance = balanceIn(simulation, currency);
			return { currency, available_balance: balance, ledger_balance: balance };
		}),
	};
}

function balanceIn(simulation: Simulation, currency: string): number {
	const sum = [...simulation.store.transactions.values()]
		.filter((transaction) => transaction.currency === currency)
		.reduce(
			(total, transaction) =>
				total +
				hundredths(amountSettled(transaction) ?? 0) -
				refundedHundredths(simulation, transaction),
			0,
		);
	return sum / 100;
}
