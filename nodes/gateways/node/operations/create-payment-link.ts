import { UserError, type INodeProperties } from 'n8n-workflow';
import { KeyedQueue } from '../../../core/keyed-queue';
import { parseLeadId } from '../../../core/lead-reference';
import { parseMoney } from '../../../core/money';
import type { PaymentLink } from '../../../core/payment-link';
import type { LinkRequest } from '../../gateway';
import { parameterOrItem, type GatewayOperation, type OperationRun } from '../gateway-operation';

/**
 * Two runs for one lead at the same moment take turns, and the second is told of the first one's link: it read the lead
 * before that link was saved to it.
 */
const queue = new KeyedQueue();
/** By the key of the queue, while somebody waits there. */
const justMade = new Map<string, LinkRequest['existingLink']>();

const fields: INodeProperties[] = [
	field('Lead ID', 'leadId', 'The Kommo lead the payment belongs to'),
	field('Amount', 'amount', 'What the client pays, in major units, for example 1999.00'),
	field('Currency', 'currency', 'Three letters, for example EUR'),
	field('Description', 'description', 'What the client reads on the payment page'),
	{
		...field('Customer Email', 'customerEmail', 'Filled in on the payment page'),
		placeholder: 'From the incoming item, e.g. name@email.com',
	},
	field('Customer Name', 'customerName', 'Filled in where the provider supports it'),
	field('Customer Phone', 'customerPhone', 'Filled in where the provider supports it'),
];

export const createPaymentLink: GatewayOperation = {
	resource: 'paymentLink',
	value: 'create',
	name: 'Create',
	action: 'Create payment link',
	description: 'Create a payment link for a lead, or hand back the one it already has',
	properties: (_gateway, options) => [
		{
			displayName:
				'Empty fields are taken from the incoming item: put this node behind "Kommo: Get Payment Request" and leave them as they are.',
			name: 'fromItemNotice',
			type: 'notice',
			default: '',
		},
		...fields,
		...(options.length === 0
			? []
			: [
					{
						displayName: 'Options',
						name: 'options',
						type: 'collection' as const,
						placeholder: 'Add option',
						default: {},
						options,
					},
				]),
	],
	async execute(run) {
		const request = linkRequest(run);
		// A lead's number is unique in one Kommo account only, which a workflow stands for.
		const key = [run.gateway.id, run.node.getWorkflow().id, request.leadId].join(':');
		try {
			return [await queue.run(key, async () => await createLink(run, request, key))];
		} finally {
			if (!queue.isBusy(key)) justMade.delete(key);
		}
	},
};

async function createLink(
	{ gateway, context }: OperationRun,
	request: LinkRequest,
	key: string,
): Promise<PaymentLink> {
	const existingLink = justMade.get(key) ?? request.existingLink;
	const link = await gateway.paymentLinks.create({ ...request, existingLink }, context);
	justMade.set(key, { id: link.linkId, url: link.url });
	return link;
}

function linkRequest(run: OperationRun): LinkRequest {
	const leadId = parseLeadId(parameterOrItem(run, 'leadId'));
	if (leadId === null) {
		throw new UserError('Which lead is this link for?', {
			description:
				'Put this node behind "Kommo: Get Payment Request", or enter the lead\'s number in "Lead ID".',
		});
	}
	const url = parameterOrItem(run, 'existingLink');
	return {
		leadId,
		contactId: parseLeadId(parameterOrItem(run, 'contactId')),
		responsibleUserId: parseLeadId(parameterOrItem(run, 'responsibleUserId')),
		money: parseMoney(parameterOrItem(run, 'amount'), parameterOrItem(run, 'currency')),
		description: parameterOrItem(run, 'description') || `Deal ${leadId}`,
		customer: {
			name: parameterOrItem(run, 'customerName', 'customer', 'name') || null,
			email: parameterOrItem(run, 'customerEmail', 'customer', 'email') || null,
			phone: parameterOrItem(run, 'customerPhone', 'customer', 'phone') || null,
		},
		existingLink: url === '' ? null : { id: parameterOrItem(run, 'existingLinkId') || null, url },
		options: run.node.getNodeParameter('options', run.itemIndex, {}) as Record<string, unknown>,
	};
}

function field(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'From the incoming item',
		description,
	};
}
