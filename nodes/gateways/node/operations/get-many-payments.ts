import { UserError, type INodeProperties } from 'n8n-workflow';
import { parseLeadId } from '../../../core/lead-reference';
import type { PaymentEventType } from '../../../core/payment-event';
import type { PaymentFilter } from '../../gateway';
import type { GatewayOperation, OperationRun } from '../gateway-operation';
import { EVENT_OPTIONS } from '../trigger-properties';

const HOUR_MS = 3_600_000;

const commonFilters: INodeProperties[] = [
	{
		displayName: 'Event Types',
		name: 'types',
		type: 'multiOptions',
		options: [...EVENT_OPTIONS],
		default: [],
		description: 'Only these; all when empty',
	},
	{
		displayName: 'Lead ID',
		name: 'leadId',
		type: 'string',
		default: '',
		description: 'Only payments of this Kommo lead',
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		description: 'Only what happened from this moment on; overrules Look Back',
	},
];

export const getManyPayments: GatewayOperation = {
	resource: 'payment',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many payments',
	description: 'List what happened to payments lately, to find what a webhook lost',
	properties: (_gateway, options) => [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
		{
			displayName: 'Look Back (Hours)',
			name: 'lookBackHours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 720 },
			default: 24,
			description:
				'How far back to look. What is known already is recognised and not applied twice.',
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [...commonFilters, ...options].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
	],
	async execute(run) {
		const limit = limitOf(run);
		const events: object[] = [];
		for await (const event of run.gateway.payments.getMany(filterOf(run), run.context)) {
			if (events.length === limit) break;
			events.push(event);
		}
		return events;
	},
};

function limitOf({ node, itemIndex }: OperationRun): number {
	if (node.getNodeParameter('returnAll', itemIndex) === true) return Number.POSITIVE_INFINITY;
	return node.getNodeParameter('limit', itemIndex) as number;
}

function filterOf(run: OperationRun): PaymentFilter {
	const { node, itemIndex, context } = run;
	const filters = node.getNodeParameter('filters', itemIndex, {}) as Record<string, unknown>;
	const { types, since, leadId, ...options } = filters;
	const lookBackHours = node.getNodeParameter('lookBackHours', itemIndex) as number;
	return {
		sinceMs: since ? timeOf(since) : context.now() - lookBackHours * HOUR_MS,
		leadId: leadOf(leadId),
		types: Array.isArray(types) ? (types as PaymentEventType[]) : [],
		options,
	};
}

/** Empty is no filter; what is no lead must not list the payments of everybody. */
function leadOf(value: unknown): number | null {
	const given = typeof value === 'string' ? value.trim() : value;
	if (given === undefined || given === null || given === '') return null;
	const leadId = parseLeadId(given);
	if (leadId !== null) return leadId;
	throw new UserError(`"${String(value)}" is not the number of a lead`, {
		description: 'Enter the number in "Lead ID", or remove the filter to list all payments.',
	});
}

function timeOf(since: unknown): number {
	const time = Date.parse(String(since));
	if (Number.isFinite(time)) return time;
	throw new UserError(`"${String(since)}" is not a date`, {
		description: 'Choose a date in "Since", or remove the filter and use Look Back.',
	});
}
