import { newId } from '../ids';
import { newCharge, outcome, type Payer, type PaymentMethod } from '../objects/charge';
import { newPaymentIntent, type PaymentIntentInput } from '../objects/payment-intent';
import type { Simulation } from '../simulation';
import type { Charge, PaymentIntent } from '../wire';

/** Declines that payers meet most, as in https://docs.stripe.com/declines/codes */
const DECLINES = {
	generic_decline: ['card_declined', 'do_not_try_again', 'Your card was declined.'],
	insufficient_funds: ['card_declined', 'try_again_later', 'Your card has insufficient funds.'],
	lost_card: ['card_declined', 'do_not_try_again', 'Your card was declined.'],
	expired_card: ['expired_card', 'confirm_card_data', 'Your card has expired.'],
	incorrect_cvc: ['incorrect_cvc', 'confirm_card_data', "Your card's security code is incorrect."],
	processing_error: [
		'processing_error',
		'try_again_later',
		'An error occurred while processing your card. Try again in a little bit.',
	],
} as const;

export type DeclineReason = keyof typeof DECLINES;

export const DECLINE_REASONS = Object.keys(DECLINES) as DeclineReason[];

export function createIntent(simulation: Simulation, input: PaymentIntentInput): PaymentIntent {
	const intent = simulation.store.paymentIntents.add(newPaymentIntent(simulation, input));
	simulation.searchIndex.update(intent);
	simulation.events.emit('payment_intent.created', intent);
	return intent;
}

/** Money collected at once. */
export function collect(
	simulation: Simulation,
	intent: PaymentIntent,
	payer: Payer,
	method: PaymentMethod,
): Charge {
	const charge = addCharge(simulation, intent, payer, method);
	succeed(simulation, intent, charge);
	return charge;
}

/** A delayed method: the money is on its way. */
export function startProcessing(
	simulation: Simulation,
	intent: PaymentIntent,
	payer: Payer,
	method: PaymentMethod,
): Charge {
	const charge = addCharge(simulation, intent, payer, method);
	change(simulation, intent, { status: 'processing', latest_charge: charge.id });
	simulation.events.emit('charge.pending', charge);
	simulation.events.emit('payment_intent.processing', intent);
	return charge;
}

export function succeed(simulation: Simulation, intent: PaymentIntent, charge: Charge): void {
	Object.assign(charge, {
		amount_captured: charge.amount,
		captured: true,
		paid: true,
		status: 'succeeded',
		outcome: outcome('authorized', null),
	});
	change(simulation, intent, {
		status: 'succeeded',
		amount_received: intent.amount,
		latest_charge: charge.id,
		payment_method: charge.payment_method,
		last_payment_error: null,
	});
	simulation.events.emit('charge.succeeded', charge);
	simulation.events.emit('payment_intent.succeeded', intent);
}

/** Stripe books a captured charge a moment later, which makes one more event. */
export function book(simulation: Simulation, charge: Charge): void {
	const previous = { balance_transaction: null, receipt_url: charge.receipt_url };
	charge.balance_transaction = newId('txn_3');
	charge.receipt_url = `${simulation.url}/receipts/${charge.id}`;
	simulation.events.emit('charge.updated', charge, previous);
}

/** A card that is refused: a failed charge of its own, and the intent waits for another method. */
export function refuse(
	simulation: Simulation,
	intent: PaymentIntent,
	payer: Payer,
	reason: DeclineReason,
): Charge {
	const charge = addCharge(simulation, intent, payer, 'card');
	const [code, advice, message] = DECLINES[reason];
	failCharge(charge, code, message, reason);
	change(simulation, intent, {
		latest_charge: charge.id,
		last_payment_error: {
			advice_code: advice,
			charge: charge.id,
			code,
			decline_code: reason,
			doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
			message,
			type: 'card_error',
		} as PaymentIntent['last_payment_error'],
	});
	simulation.events.emit('charge.failed', charge);
	simulation.events.emit('payment_intent.payment_failed', intent);
	return charge;
}

/** A delayed payment that the bank returned. */
export function bounce(simulation: Simulation, intent: PaymentIntent, charge: Charge): void {
	const message = 'The customer’s bank account could not be debited.';
	failCharge(charge, 'payment_method_provider_decline', message, 'insufficient_funds');
	change(simulation, intent, {
		status: 'requires_payment_method',
		payment_method: null,
		last_payment_error: {
			charge: charge.id,
			code: 'payment_intent_payment_attempt_failed',
			doc_url: 'https://stripe.com/docs/error-codes/payment-intent-payment-attempt-failed',
			message,
			type: 'invalid_request_error',
		} as PaymentIntent['last_payment_error'],
	});
	simulation.events.emit('charge.failed', charge);
	simulation.events.emit('payment_intent.payment_failed', intent);
}

function addCharge(
	simulation: Simulation,
	intent: PaymentIntent,
	payer: Payer,
	method: PaymentMethod,
): Charge {
	if (method !== 'card') intent.payment_method_types = [method];
	return simulation.store.charges.add(newCharge(simulation, intent, payer, method));
}

function failCharge(charge: Charge, code: string, message: string, decline: string): void {
	Object.assign(charge, {
		status: 'failed',
		failure_code: code,
		failure_message: message,
		outcome: outcome('issuer_declined', decline),
	});
}

function change(
	simulation: Simulation,
	intent: PaymentIntent,
	changes: Partial<PaymentIntent>,
): void {
	Object.assign(intent, changes);
	simulation.searchIndex.update(intent);
}
