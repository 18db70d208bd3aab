import { idAt, stringAt, valueAt } from '../../core/json';
import { formatMoney } from '../../core/money';
import type { GatewayContext } from '../../gateways/gateway';
import { FlutterwaveApi } from './api';
import { fromFlutterwaveAmount } from './currencies';

export interface PaymentPlan {
	id: string;
	name: string;
	/** 'monthly, 5000.00 NGN', for people. */
	terms: string;
}

/** The plans that a payment can start. https://developer.flutterwave.com/docs/payment-plans-1 */
export async function listPaymentPlans({ send }: GatewayContext): Promise<PaymentPlan[]> {
	const plans: PaymentPlan[] = [];
	const active = { status: 'active' };
	for await (const row of new FlutterwaveApi(send).list('/payment-plans', active)) {
		const id = idAt(row, 'id');
		if (id === null) continue;
		const currency = stringAt(row, 'currency') ?? '';
		const money = fromFlutterwaveAmount(valueAt(row, 'amount') ?? 0, currency);
		const amount = money.amountMinor === 0 ? `any amount in ${currency}` : formatMoney(money);
		const terms = `${stringAt(row, 'interval') ?? 'repeated'}, ${amount}`;
		plans.push({ id, name: stringAt(row, 'name') ?? id, terms });
	}
	return plans;
}
