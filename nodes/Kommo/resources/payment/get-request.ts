import type { INodeExecutionData } from 'n8n-workflow';
import { stringAt } from '../../../core/json';
import type { PaymentRequest } from '../../../core/payment-request';
import { getContact } from '../../client/contacts';
import { getLead, mainContactIdOf, type Lead } from '../../client/leads';
import { LEAD, locatedId } from '../../descriptions/locators';
import { eachItem } from '../../items/each-item';
import type { KommoOperation, OperationRun } from '../../operation';
import { withLeadsLocked } from '../../payments/lead-locks';
import {
	paymentRequestOf,
	type PaymentRequestSettings,
} from '../../payments/payment-request-of-lead';
import { unissuedLeads } from '../../payments/unissued-leads';
import { fieldMappingProperty, paymentFieldsOf } from './field-mapping';

const PLACEHOLDERS_HINT =
	"What the client reads on the payment page. {lead} stands for the lead's name, {id} for its number.";

export const getRequest: KommoOperation = {
	value: 'getRequest',
	name: 'Get Request',
	action: 'Get payment request',
	description: 'Collect from a lead and its contact what a payment link needs',
	outputs: ['Ready', 'Not Ready'],
	properties: [
		LEAD,
		{
			displayName: 'Options',
			name: 'requestOptions',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Currency',
					name: 'currency',
					type: 'string',
					default: '',
					placeholder: 'e.g. EUR',
					description:
						"For leads whose payment currency field is empty. Without it the account's currency is used.",
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '{lead}',
					description: PLACEHOLDERS_HINT,
				},
				{
					displayName: 'Percentage',
					name: 'percentage',
					type: 'number',
					typeOptions: { minValue: 0.01, maxValue: 100, numberPrecision: 2 },
					default: 100,
					description:
						'Share of the amount to ask for first, for a prepayment. Once it is paid, the next link asks for the rest.',
				},
				{
					displayName: 'Require Email',
					name: 'requireEmail',
					type: 'boolean',
					default: false,
					description: 'Whether a lead whose contact has no e-mail address is not ready',
				},
			],
		},
		fieldMappingProperty,
	],
	async execute(run) {
		const settings = await requestSettings(run);
		const [items = []] = await eachItem(run, async (itemIndex) => {
			return await paymentRequest(
				run,
				locatedId(run.context, 'leadId', itemIndex),
				settings(itemIndex),
			);
		});
		return [items.filter(isReady), items.filter((item) => !isReady(item))];
	},
};

async function requestSettings(
	run: OperationRun,
): Promise<(itemIndex: number) => PaymentRequestSettings> {
	const { context, kommo } = run;
	const fields = await paymentFieldsOf(context, kommo);
	const account = await kommo.account();
	return (itemIndex) => {
		const options = context.getNodeParameter('requestOptions', itemIndex, {}) as Partial<
			Record<'currency' | 'description', string>
		> & { percentage?: number; requireEmail?: boolean };
		return {
			fields,
			defaultCurrency: options.currency || account.currency || '',
			percentage: options.percentage ?? 100,
			description: options.description ?? '{lead}',
			requireEmail: options.requireEmail ?? false,
			askedAt: stringAt(run.items[itemIndex]?.json, 'changedAt'),
		};
	};
}

async function paymentRequest(
	run: OperationRun,
	leadId: number,
	settings: PaymentRequestSettings,
): Promise<PaymentRequest> {
	const { api } = run.kommo;
	const lead = await readLead(run, leadId, settings);
	if (lead === null) return missingLead(leadId, settings);
	const contactId = mainContactIdOf(lead);
	const contact = contactId === null ? null : await getContact(api, contactId);
	return paymentRequestOf(lead, contact, settings);
}

/** Locked, so that what was read is not older than what another node of this process writes meanwhile. */
async function readLead(
	{ context, kommo: { api, accountKey } }: OperationRun,
	leadId: number,
	{ fields }: PaymentRequestSettings,
): Promise<Lead | null> {
	return await withLeadsLocked(accountKey, [leadId], async () => {
		const readAt = Date.now();
		const lead = await getLead(api, leadId, { with: ['contacts'] });
		if (lead) {
			unissuedLeads.remember(accountKey, lead, fields, context.getExecutionId(), readAt);
		}
		return lead;
	});
}

function missingLead(leadId: number, settings: PaymentRequestSettings): PaymentRequest {
	return {
		leadId,
		leadName: '',
		contactId: null,
		responsibleUserId: null,
		amount: '',
		amountMinor: 0,
		currency: settings.defaultCurrency,
		description: '',
		customer: { name: null, email: null, phone: null },
		existingLink: null,
		existingLinkId: null,
		ready: false,
		problems: [`Lead ${leadId} does not exist in this Kommo account, or was deleted.`],
	};
}

function isReady({ json }: INodeExecutionData): boolean {
	return json.ready === true;
}
