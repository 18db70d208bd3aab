/** Between a lead as Kommo sends it and the payment state the core works with. */
import { assertError } from '../../core/assert-error';
import type { LeadPaymentChanges, LeadPaymentState } from '../../core/apply-payment-event';
import { fromMinor, MoneyError, parseMoney, type Money } from '../../core/money';
import { parseLedger, type Ledger } from '../../core/payment-ledger';
import { PAYMENT_STATUSES } from '../../core/payment-status';
import { textOf, type FieldPatch } from '../client/custom-field-values';
import type { Lead } from '../client/leads';
import { PAYMENT_FIELD_NAMES, type PaymentFieldMap, type PaymentFieldName } from './payment-fields';

/** The lead's value of one of our fields as text, '' when it has none. */
export function fieldText(lead: Lead, fields: PaymentFieldMap, name: PaymentFieldName): string {
	const field = fields[name];
	if (!field) return '';
	return textOf(lead, { id: field.id })?.trim() ?? '';
}

/** Whether a deal of this payment status is not asked for money any more. */
export function isSettled(status: string): boolean {
	return ['Paid', 'Partially Refunded', 'Disputed'].includes(status);
}

export interface DueSettings {
	/** For leads that name no currency of their own. */
	defaultCurrency: string | null;
}

/** Where the lead stands. @param ledger given when the lead has no ledger field and its notes were read instead */
export function paymentStateOf(
	lead: Lead,
	fields: PaymentFieldMap,
	settings: DueSettings,
	ledger: Ledger = parseLedger(fieldText(lead, fields, 'ledger')),
): LeadPaymentState {
	const status = fieldText(lead, fields, 'status');
	const nextBilling = Number(fieldText(lead, fields, 'nextBilling'));
	return {
		ledger,
		due: amountDue(lead, fields, settings),
		status: PAYMENT_STATUSES.find((known) => known === status) ?? null,
		nextBilling: nextBilling > 0 ? nextBilling : null,
	};
}

/** The amount-due field, else the lead's price; null when there is neither, or no currency to count it in. */
export function amountDue(
	lead: Lead,
	fields: PaymentFieldMap,
	{ defaultCurrency }: DueSettings,
): Money | null {
	const currency = fieldText(lead, fields, 'currency') || defaultCurrency;
	const amount = fieldText(lead, fields, 'amountDue') || String(lead.price ?? 0);
	if (!currency) return null;
	try {
		const due = parseMoney(amount, currency);
		return due.amountMinor > 0 ? due : null;
	} catch (error) {
		assertError(error, MoneyError);
		return null;
	}
}

/** What the card says was paid and not given back. @throws MoneyError when somebody wrote something else into it */
export function amountKept(lead: Lead, fields: PaymentFieldMap, currency: string): Money {
	const minor = (name: PaymentFieldName) =>
		parseMoney(fieldText(lead, fields, name) || '0', currency).amountMinor;
	return fromMinor(Math.max(0, minor('amountPaid') - minor('refunded')), currency);
}

type FieldValue = string | number | null;

/** The changes in Kommo's notation, without fields that already show the value. */
export function changedFieldValues(
	lead: Lead,
	fields: PaymentFieldMap,
	changes: LeadPaymentChanges,
): FieldPatch[] {
	return paymentFieldValues(fields, changes, (name, value) => {
		const current = fieldText(lead, fields, name);
		return value === null ? current === '' : isSameValue(name, current, value);
	});
}

/** Any of our fields in Kommo's notation; fields the account does not have are left out. */
export function paymentFieldValues(
	fields: PaymentFieldMap,
	values: Readonly<Partial<Record<PaymentFieldName, FieldValue>>>,
	isUnchanged: (name: PaymentFieldName, value: FieldValue) => boolean = () => false,
): FieldPatch[] {
	return PAYMENT_FIELD_NAMES.flatMap((name) => {
		const field = fields[name];
		const value = values[name];
		if (!field || value === undefined || isUnchanged(name, value)) return [];
		return [
			{
				field_id: field.id,
				values: value === null ? null : [{ value: fitting(field.type, value) }],
			},
		];
	});
}

/** Kommo refuses a longer text (contract 3.4); ids and names of ours are cut rather than lost. */
const MAX_TEXT_LENGTH = 256;

function fitting(fieldType: string, value: string | number): string | number {
	if (fieldType === 'text') return String(value).slice(0, MAX_TEXT_LENGTH);
	return value;
}

function isSameValue(name: PaymentFieldName, current: string, value: string | number): boolean {
	if (name === 'amountPaid' || name === 'refunded' || name === 'amountDue') {
		return current !== '' && Number(current) === Number(value);
	}
	// Kommo keeps a date as the day in the account's time zone and gives back that day's midnight.
	if (name === 'nextBilling') {
		const apart = Number(value) - Number(current);
		return current !== '' && apart >= 0 && apart < 86_400;
	}
	return current === String(value).trim();
}
