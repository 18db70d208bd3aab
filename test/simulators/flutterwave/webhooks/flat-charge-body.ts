import { METHODS } from '../methods';
import { TEST_CARD } from '../objects/transaction';
import type { Simulation } from '../simulation';
import type { Transaction } from '../store';
import { isoTime } from '../timestamps';

/** The shape of v2, which still arrives while "Enable v3 webhooks" is off. Meta was never seen in it. */
export function flatChargeBody(simulation: Simulation, transaction: Transaction): object {
	const { customer } = transaction;
	const { eventType } = METHODS[transaction.method];
	return {
		id: transaction.id,
		txRef: transaction.txRef,
		flwRef: transaction.flwRef,
		orderRef: transaction.orderRef,
		paymentPlan: transaction.planId,
		paymentPage: null,
		createdAt: isoTime(transaction.createdAt),
		amount: transaction.amount,
		charged_amount: transaction.chargedAmount,
		status: transaction.status,
		IP: '203.0.113.7',
		currency: transaction.currency,
		appfee: transaction.appFee,
		merchantfee: 0,
		merchantbearsfee: transaction.merchantBearsFee ? 1 : 0,
		charge_type: 'normal',
		customer: {
			id: customer.id,
			phone: customer.phone,
			fullName: customer.name,
			customertoken: null,
			email: customer.email,
			createdAt: isoTime(customer.createdAt),
			updatedAt: isoTime(customer.createdAt),
			deletedAt: null,
			AccountId: simulation.accountId,
		},
		entity: entityOf(transaction),
		'event.type': eventType,
	};
}

function entityOf({ method, createdAt }: Transaction): object {
	if (method === 'card') {
		return {
			card6: TEST_CARD.first_6digits,
			card_last4: TEST_CARD.last_4digits,
			card_country_iso: 'NG',
			createdAt: isoTime(createdAt),
		};
	}
	if (method === 'account') {
		return { account_number: '0690000031', first_name: 'NO-NAME', last_name: 'NO-LNAME' };
	}
	return { id: 'NO-ENTITY' };
}
