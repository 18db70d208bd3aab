import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { CustomField } from '../../client/custom-fields';
import type { Kommo } from '../../kommo-context';
import { textsOf } from '../../client/custom-field-values';
import type { Query } from '../../client/kommo-api';
import { CLOSED_LOST, CLOSED_WON, type Lead } from '../../client/leads';
import { chooseOne, chooseSeveral } from '../../descriptions/choices';
import { fieldByKey, withFields } from '../../descriptions/custom-fields';
import { timeParameter } from '../../descriptions/times';
import { parseStage } from '../../stage';

const time = (displayName: string, name: string, description?: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

const TIMES = [
	['Closed', 'closed'],
	['Created', 'created'],
	['Updated', 'updated'],
] as const;

export const LEAD_FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		time('Closed After', 'closedAfter'),
		time('Closed Before', 'closedBefore'),
		time('Created After', 'createdAfter'),
		time('Created Before', 'createdBefore'),
		{
			displayName: 'Custom Field',
			name: 'customField',
			type: 'fixedCollection',
			placeholder: 'Add Condition',
			typeOptions: { multipleValues: true },
			default: {},
			description:
				'Conditions on custom fields, all of which must hold. Kommo cannot filter by them, so n8n reads the leads and picks: narrow them down by pipeline or time too.',
			options: [
				{
					displayName: 'Condition',
					name: 'condition',
					values: [
						chooseOne('Field', 'field', 'getLeadFields'),
						{
							displayName: 'Operator',
							name: 'operator',
							type: 'options',
							options: [
								{ name: 'Is', value: 'is' },
								{ name: 'Is Empty', value: 'isEmpty' },
								{ name: 'Is Not', value: 'isNot' },
								{ name: 'Is Not Empty', value: 'isNotEmpty' },
							],
							default: 'is',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: 'The exact value, for a select field the text of the option',
							displayOptions: { show: { operator: ['is', 'isNot'] } },
						},
					],
				},
			],
		},
		{
			displayName: 'Only Open Leads',
			name: 'onlyOpen',
			type: 'boolean',
			default: true,
			description: 'Whether to leave out leads that are Closed – won or Closed – lost',
		},
		chooseSeveral('Pipeline', 'pipelineIds', 'getPipelines'),
		chooseSeveral('Responsible User', 'responsibleUserIds', 'getUsers'),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Looks into all filled fields of the lead',
		},
		chooseSeveral('Stage', 'stages', 'getStages'),
		time('Updated After', 'updatedAfter'),
		time(
			'Updated Before',
			'updatedBefore',
			'For example to find leads nobody has touched for days',
		),
	],
};

interface Condition {
	field: string;
	operator: 'is' | 'isNot' | 'isEmpty' | 'isNotEmpty';
	value?: string;
}

export interface LeadFilter {
	/** What Kommo filters itself. */
	query: Query;
	/** What it can't. */
	matches: (lead: Lead) => boolean;
}

export async function leadFilter(
	context: IExecuteFunctions,
	filters: IDataObject,
	kommo: Kommo,
): Promise<LeadFilter> {
	const stages = ((filters.stages ?? []) as string[]).map(parseStage);
	const [stage] = stages;
	const conditions = conditionsOf(filters);
	const fieldTests =
		conditions.length === 0
			? []
			: await withFields(kommo, 'leads', async (fields) =>
					conditions.map((condition) => fieldTest(condition, fields)),
				);
	const pipelines = (filters.pipelineIds ?? []) as Array<string | number>;
	const query: Array<readonly [string, string]> = [
		...(filters.query ? [['query', String(filters.query)] as const] : []),
		...pipelines.map((id) => ['filter[pipeline_id][]', String(id)] as const),
		...((filters.responsibleUserIds ?? []) as Array<string | number>).map(
			(id) => ['filter[responsible_user_id][]', String(id)] as const,
		),
		...TIMES.flatMap(([label, name]) => timeQuery(context, filters, label, name)),
	];
	// Kommo documents a filter for one stage of one pipeline only; several are picked here.
	if (stages.length === 1 && stage?.pipelineId && pipelines.length === 0) {
		query.push(
			['filter[statuses][0][pipeline_id]', String(stage.pipelineId)],
			['filter[statuses][0][status_id]', String(stage.statusId)],
		);
	}
	return {
		query,
		matches: (lead) =>
			(stages.length === 0 || stages.some((choice) => isIn(lead, choice))) &&
			(filters.onlyOpen !== true || !isClosed(lead)) &&
			fieldTests.every((test) => test(lead)),
	};
}

function conditionsOf(filters: IDataObject): Condition[] {
	const { condition = [] } = (filters.customField ?? {}) as { condition?: Condition[] };
	return condition;
}

function fieldTest(
	{ field: key, operator, value = '' }: Condition,
	fields: readonly CustomField[],
): (lead: Lead) => boolean {
	if (!key) {
		throw new UserError('A filter by custom field names no field', {
			description: 'Choose a field in the condition, or remove the condition.',
		});
	}
	const { id } = fieldByKey(fields, key);
	return (lead) => {
		const texts = textsOf(lead, { id });
		switch (operator) {
			case 'is':
				return texts.includes(String(value));
			case 'isNot':
				return !texts.includes(String(value));
			case 'isEmpty':
				return texts.length === 0;
			case 'isNotEmpty':
				return texts.length > 0;
		}
	};
}

function timeQuery(
	context: IExecuteFunctions,
	filters: IDataObject,
	label: string,
	name: (typeof TIMES)[number][1],
): Query {
	const from = timeParameter(context, filters[`${name}After`], `${label} After`);
	const to = timeParameter(context, filters[`${name}Before`], `${label} Before`);
	return [
		...(from === undefined ? [] : [[`filter[${name}_at][from]`, String(from)] as const]),
		...(to === undefined ? [] : [[`filter[${name}_at][to]`, String(to)] as const]),
	];
}

function isIn(lead: Lead, { pipelineId, statusId }: ReturnType<typeof parseStage>): boolean {
	return lead.status_id === statusId && (pipelineId === null || lead.pipeline_id === pipelineId);
}

function isClosed(lead: Lead): boolean {
	return lead.status_id === CLOSED_WON || lead.status_id === CLOSED_LOST;
}
