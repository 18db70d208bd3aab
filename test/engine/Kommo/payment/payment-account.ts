/** A simulated Kommo account in which the payment fields are set up. */
import type { IDataObject } from 'n8n-workflow';
import type { ApplyResult } from '../../../../nodes/Kommo/payments/apply-payment-events';
import { PAYMENT_FIELDS } from '../../../../nodes/Kommo/payments/payment-fields';
import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import type { KommoOptions, NewLead } from '../../../simulators/kommo';
import type { RunNodeSettings } from '../../harness';
import { paymentEvent } from '../../../unit/core/payment-events';
import { startKommoAccount, type KommoAccount } from '../kommo-account';

/** What stands on the card, without the empty fields. */
export type Card = Partial<Record<keyof typeof PAYMENT_FIELDS, string | number | boolean>>;

export interface AppliedEvents {
	/** Results by output. */
	done: ApplyResult[];
	forAPerson: ApplyResult[];
	/** All of them, those for a person last. */
	all: ApplyResult[];
}

export interface PaymentAccount extends KommoAccount {
	/** A lead with a price of 100. @returns its id */
	createLead(input?: NewLead): number;
	/** Runs "Apply Event" over the events. */
	apply(
		events: readonly PaymentEvent[],
		parameters?: IDataObject,
		settings?: RunNodeSettings,
	): Promise<AppliedEvents>;
	card(leadId: number): Card;
	/** Texts of the lead's notes, oldest first. */
	notes(leadId: number): string[];
	/** What was asked of Kommo since the last time, as 'GET leads'. */
	calls(): string[];
}

export interface PaymentAccountOptions extends KommoOptions {
	/** Codes of fields that the account is to lack. */
	without?: readonly string[];
}

export async function startPaymentAccount({
	without = [],
	...options
}: PaymentAccountOptions = {}): Promise<PaymentAccount> {
	const account = await startKommoAccount(options);
	await account.run('payment:setUpFields');
	const { leads } = account.kommo.store.customFields;
	for (const [id, { code }] of leads) if (without.includes(code ?? '')) leads.delete(id);
	// Has the definitions of fields and the account's currency read, which are remembered.
	await account.run('payment:apply', {}, [{ ...paymentEvent({ leadId: 1 }) }]);
	const { kommo } = account;
	kommo.log.clear();
	return {
		...account,
		createLead: (input = {}) => kommo.createLead({ price: 100, ...input }).id,
		async apply(events, parameters = {}, settings = {}) {
			const items = events as unknown as IDataObject[];
			const outputs = await account.run('payment:apply', parameters, items, settings);
			const [done = [], forAPerson = []] = outputs.map((output) =>
				output.map(({ json }) => json as unknown as ApplyResult),
			);
			return { done, forAPerson, all: [...done, ...forAPerson] };
		},
		card(leadId) {
			const values = Object.entries(PAYMENT_FIELDS).map(
				([name, { code }]) => [name, kommo.fieldValue(leadId, code)] as const,
			);
			return Object.fromEntries(values.filter(([, value]) => value !== null)) as Card;
		},
		notes: (leadId) => kommo.notesOf(leadId).map(({ params }) => String(params.text)),
		calls() {
			const calls = kommo.log.entries.map(
				({ method, path }) => `${method} ${path.replace('/api/v4/', '').replace(/\d+/, ':id')}`,
			);
			kommo.log.clear();
			return calls;
		},
	};
}

/** So many minutes ago, as an event carries it: fresh events are those of the last ten. */
export function minutesAgo(minutes: number): string {
	return new Date(Date.now() - minutes * 60_000).toISOString();
}
