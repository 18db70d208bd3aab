import { UserError, type INodeProperties } from 'n8n-workflow';
import { idAt, stringAt } from '../../../core/json';
import { parameterOrItem, type OperationRun } from '../gateway-operation';

export const linkIdProperty: INodeProperties = {
	displayName: 'Link ID',
	name: 'linkId',
	type: 'string',
	default: '',
	placeholder: 'From the incoming item',
	description:
		'The ID of the link at the payment provider, as Create Payment Link and Get Payment Request emit it',
};

export function linkIdOf(run: OperationRun): string {
	const linkId = parameterOrItem(run, 'linkId') || parameterOrItem(run, 'existingLinkId');
	if (linkId !== '') return linkId;
	throw new UserError('Which payment link?', {
		description: 'Enter its ID in "Link ID", or feed the item that Create Payment Link emitted.',
	});
}

/** The link's address: as given, or of the incoming item when that is about the same link. */
export function linkUrlOf(run: OperationRun): string | null {
	const given = parameterOrItem(run, 'linkUrl');
	if (given !== '') return given;
	const item = run.node.getInputData()[run.itemIndex]?.json;
	const linkId = linkIdOf(run);
	if (idAt(item, 'linkId') === linkId) return stringAt(item, 'url');
	return idAt(item, 'existingLinkId') === linkId ? stringAt(item, 'existingLink') : null;
}
