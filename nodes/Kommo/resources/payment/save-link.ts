import { NodeOperationError, UserError } from 'n8n-workflow';
import { assertError } from '../../../core/assert-error';
import { isJsonObject, stringAt, type JsonObject } from '../../../core/json';
import { fromMinor, parseMoney, type Money } from '../../../core/money';
import { findLeads, updateLeads, type Lead, type LeadPatch } from '../../client/leads';
import { LEAD, locatedId } from '../../descriptions/locators';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';
import { withLeadsLocked } from '../../payments/lead-locks';
import {
	amountKept,
	fieldText,
	isSettled,
	paymentFieldValues,
} from '../../payments/lead-payment-fields';
import type { PaymentFieldMap } from '../../payments/payment-fields';
import { unissuedLeads } from '../../payments/unissued-leads';
import { fieldMappingProperty, paymentFieldsOf } from './field-mapping';
import { requireFields } from './require-fields';

export const saveLink: KommoOperation = {
	value: 'saveLink',
	name: 'Save Link',
	action: 'Save payment link',
	description: "Write a payment link to the lead's card and set its status to Awaiting",
	properties: [
		LEAD,
		{
			displayName: 'Amount Due',
			name: 'amountDue',
			type: 'options',
			options: [
				{
					name: "Leave the Lead's Own",
					value: 'keep',
					description:
						"The amount due, if it was entered, else the lead's price: a price that is changed later counts",
				},
				{
					name: "Set to the Link's Amount",
					value: 'link',
					description:
						'For links whose amount does not come from the lead; what was paid before is added',
				},
			],
			default: 'keep',
			description: 'What the client must pay in total for the lead to count as Paid',
		},
		fieldMappingProperty,
	],
	async execute(run) {
		const fields = await paymentFieldsOf(run.context, run.kommo);
		requireFields(fields, ['paymentLink']);
		const { api, accountKey } = run.kommo;
		const leadIds = namedLeads(run);
		return await withLeadsLocked(accountKey, leadIds, async () => {
			const leads = await findLeads(api, leadIds.filter(mayHaveChanged(run)));
			unissuedLeads.forget(accountKey, leadIds);
			const outputs = await writtenItems<LeadPatch>(run, {
				prepare: (itemIndex) => linkPatch(run, itemIndex, fields, leads),
				write: async (patches) => await updateLeads(api, patches),
				result: (leadId) => ({ leadId }),
			});
			return outputs.map((items) => items.map((item, index) => withLink(run, item, index)));
		});
	},
};

function namedLeads({ items, context }: OperationRun): number[] {
	const ids = [...items.keys()].flatMap((itemIndex) => {
		try {
			return [locatedId(context, 'leadId', itemIndex)];
		} catch (error) {
			// Told where the item is handled.
			assertError(error, NodeOperationError);
			return [];
		}
	});
	return [...new Set(ids)];
}

/** Unless this execution has just seen that there was nothing to pay, the client may have paid in the meantime. */
function mayHaveChanged({ context, kommo }: OperationRun): (leadId: number) => boolean {
	const executionId = context.getExecutionId();
	return (leadId) => !unissuedLeads.has(kommo.accountKey, leadId, executionId, Date.now());
}

function linkPatch(
	run: OperationRun,
	itemIndex: number,
	fields: PaymentFieldMap,
	leads: ReadonlyMap<number, Lead>,
): LeadPatch {
	const link = run.items[itemIndex]?.json;
	const url = stringAt(link, 'url');
	if (!isJsonObject(link) || url === null) {
		throw new UserError('There is no payment link in the incoming item', {
			description: 'Put this node behind a "Create Payment Link" operation.',
		});
	}
	const id = locatedId(run.context, 'leadId', itemIndex);
	const shown = shownOn(leads.get(id), fields);
	refuseSettled(shown.status);
	const setsAmount = run.context.getNodeParameter('amountDue', itemIndex) === 'link';
	return {
		id,
		custom_fields_values: paymentFieldValues(fields, {
			paymentLink: url,
			// The rest is asked for next time, too.
			status: shown.status === 'Partially Paid' ? undefined : 'Awaiting',
			amountDue: setsAmount ? totalDue(link, shown) : undefined,
			currency: stringAt(link, 'currency') ?? undefined,
			gateway: stringAt(link, 'gateway') ?? undefined,
			paymentId: stringAt(link, 'linkId') ?? undefined,
		}),
	};
}

interface Shown {
	status: string;
	/** What was paid and not given back. */
	kept: (currency: string) => Money;
}

function shownOn(lead: Lead | undefined, fields: PaymentFieldMap): Shown {
	if (!lead) return { status: '', kept: (currency) => fromMinor(0, currency) };
	return {
		status: fieldText(lead, fields, 'status'),
		kept: (currency) => amountKept(lead, fields, currency),
	};
}

/** While the link was made, the client may have paid the one before. */
function refuseSettled(status: string): void {
	if (!isSettled(status)) return;
	throw new UserError(`The deal's payment status is already "${status}": the link was not saved`, {
		description: 'Deactivate the new link, so that the client does not pay twice.',
	});
}

/** A link for the rest comes on top of the part that was paid. */
function totalDue(link: JsonObject, { status, kept }: Shown): string | undefined {
	const amount = stringAt(link, 'amount');
	if (amount === null || status !== 'Partially Paid') return amount ?? undefined;
	const rest = parseMoney(amount, stringAt(link, 'currency'));
	return fromMinor(rest.amountMinor + kept(rest.currency).amountMinor, rest.currency).amount;
}

/** The link goes on to the next node, which may send it to the client. */
function withLink<Item extends { json: object; pairedItem?: unknown }>(
	{ items }: OperationRun,
	item: Item,
	index: number,
): Item {
	const failed = 'error' in item.json;
	return failed ? item : { ...item, json: { ...items[index]?.json, ...item.json } };
}
