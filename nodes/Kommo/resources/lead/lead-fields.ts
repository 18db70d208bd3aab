import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { LeadFields } from '../../client/leads';
import { chooseOne, RESPONSIBLE_USER, STAGE, tagNames } from '../../descriptions/choices';
import { parseStage } from '../../stage';

export const PRICE: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'number',
	default: 0,
	description: "The lead's value, in whole units of the account's currency",
};

export const ALLOW_DECIMALS: INodeProperties = {
	displayName: 'Allow Decimals in Price',
	name: 'allowDecimals',
	type: 'boolean',
	default: false,
	description: 'Whether your account takes prices with decimals; most accounts refuse them',
};

export const LOSS_REASON: INodeProperties = chooseOne(
	'Loss Reason',
	'lossReasonId',
	'getLossReasons',
	{ description: 'Only for leads that are Closed – lost' },
);

export { RESPONSIBLE_USER, STAGE };

/** The fields of a collection in Kommo's notation; only those that were added. */
export function leadFields(
	context: IExecuteFunctions,
	fields: IDataObject,
	itemIndex: number,
): LeadFields {
	const { name, price, stage, responsibleUserId, lossReasonId, tagsToAdd, tagsToRemove } = fields;
	const choice = isGiven(stage) ? parseStage(stage) : null;
	return {
		...(isGiven(name) ? { name: String(name) } : {}),
		...(isGiven(price)
			? { price: priceOf(context, price, fields.allowDecimals === true, itemIndex) }
			: {}),
		...(choice ? { status_id: choice.statusId } : {}),
		...(choice?.pipelineId ? { pipeline_id: choice.pipelineId } : {}),
		...(isGiven(responsibleUserId) ? { responsible_user_id: Number(responsibleUserId) } : {}),
		...(isGiven(lossReasonId) ? { loss_reason_id: Number(lossReasonId) } : {}),
		...(isGiven(tagsToAdd) ? { tags_to_add: tagNames(tagsToAdd) } : {}),
		...(isGiven(tagsToRemove) ? { tags_to_delete: tagNames(tagsToRemove) } : {}),
	};
}

/** Kommo refuses decimals (and numbers in quotes) on most accounts; rounding money silently is worse. */
function priceOf(
	context: IExecuteFunctions,
	value: unknown,
	allowDecimals: boolean,
	itemIndex: number,
): number {
	const price = Number(value);
	if (Number.isFinite(price) && (allowDecimals || Number.isInteger(price))) return price;
	throw new NodeOperationError(
		context.getNode(),
		`Price takes a whole number; the value is "${String(value)}"`,
		{
			itemIndex,
			description:
				'Round it, keep the exact amount in a custom field, or switch on "Allow Decimals in Price" if your account takes them.',
		},
	);
}

export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}
