import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { parseLeadId } from '../../core/lead-reference';

interface LocatorChoices {
	/** 'Lead' */
	displayName: string;
	/** 'leadId' */
	name: string;
	searchMethod: string;
	/** 'leads' in https://acme.kommo.com/leads/detail/123; none for records that have no page. */
	urlPart?: string;
	hint: string;
}

const TYPED_IN = { type: 'string' } as const;

/** A record from a searchable list, by its id, or by the address of its card. */
function locator(choices: LocatorChoices): INodeProperties {
	const { displayName, name, searchMethod, urlPart, hint } = choices;
	const pattern = `https?:\\/\\/[^\\/]+\\/${urlPart}\\/detail\\/([0-9]+).*`;
	const byUrl: NonNullable<INodeProperties['modes']> = [
		{
			...TYPED_IN,
			displayName: 'By URL',
			name: 'url',
			placeholder: `e.g. https://acme.kommo.com/${urlPart}/detail/1234567`,
			extractValue: { type: 'regex', regex: pattern },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: pattern,
						errorMessage: `Copy the address of the ${displayName.toLowerCase()} card from the browser`,
					},
				},
			],
		},
	];
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		hint,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: searchMethod, searchable: true },
			},
			...(urlPart === undefined ? [] : byUrl),
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1234567' },
		],
	};
}

export const LEAD: INodeProperties = locator({
	displayName: 'Lead',
	name: 'leadId',
	searchMethod: 'searchLeads',
	urlPart: 'leads',
	hint: 'Left empty: the lead of the incoming item (its field leadId)',
});

export const CONTACT: INodeProperties = locator({
	displayName: 'Contact',
	name: 'contactId',
	searchMethod: 'searchContacts',
	urlPart: 'contacts',
	hint: 'Left empty: the contact of the incoming item (its field contactId)',
});

export const TASK: INodeProperties = locator({
	displayName: 'Task',
	name: 'taskId',
	searchMethod: 'searchTasks',
	hint: 'Left empty: the task of the incoming item (its field taskId)',
});

/**
 * The id a locator names, else what the item carries under the same name.
 * @throws NodeOperationError when there is neither
 */
export function locatedId(
	context: IExecuteFunctions,
	name: 'leadId' | 'contactId' | 'taskId',
	itemIndex: number,
): number {
	const chosen = context.getNodeParameter(name, itemIndex, '', { extractValue: true }) as unknown;
	const given = chosen === '' || chosen === null || chosen === undefined;
	const value = given ? context.getInputData()[itemIndex]?.json[name] : chosen;
	const id = parseLeadId(value);
	if (id !== null) return id;
	const record = name.replace('Id', '');
	const found = value === undefined || value === null ? 'no value' : `"${String(value)}"`;
	throw new NodeOperationError(
		context.getNode(),
		`No ${record} is named: ${found} where its ID was expected`,
		{
			itemIndex,
			description: `Choose a ${record} in the node, or pass items that carry its ID in the field ${name}.`,
		},
	);
}
