import { LoadOptionsContext } from 'n8n-core';
import type {
	IDataObject,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
} from 'n8n-workflow';
import { additionalData } from './additional-data';
import type { CredentialSettings } from './stored-credentials';
import { buildWorkflow, nodeTypeOf, type AnyNodeType } from './test-workflow';

export interface LoadOptionsSettings extends CredentialSettings {
	/** What the user typed into a searchable list. */
	filter?: string;
	paginationToken?: string;
	typeVersion?: number;
	/** Path of the parameter the list is for. */
	path?: string;
}

/**
 * Loads a dropdown's entries (`methods.loadOptions` gives an array, `methods.listSearch` a result with pages).
 * @throws what the node throws
 */
export async function callLoadOptions(
	type: AnyNodeType,
	methodName: string,
	parameters: IDataObject,
	settings: LoadOptionsSettings = {},
): Promise<INodePropertyOptions[] | INodeListSearchResult> {
	const nodeType = nodeTypeOf(type, settings.typeVersion);
	// n8n's DynamicNodeParametersService loads lists for a node of this name.
	const name = 'Temp-Node';
	const workflow = buildWorkflow({
		nodes: [
			{
				type,
				name,
				parameters,
				...(settings.typeVersion === undefined ? {} : { typeVersion: settings.typeVersion }),
			},
		],
		credentialNames: Object.keys(settings.credentials ?? {}),
	});
	const node = workflow.getNode(name);
	if (node === null) throw new Error(`The node ${name} is not in its own workflow.`);
	const context = new LoadOptionsContext(
		workflow,
		node,
		additionalData(settings, { currentNodeParameters: parameters as INodeParameters }),
		settings.path ?? `parameters.${methodName}`,
	);
	const loadOptions = nodeType.methods?.loadOptions?.[methodName];
	if (loadOptions) return await loadOptions.call(context);
	const listSearch = nodeType.methods?.listSearch?.[methodName];
	if (listSearch) return await listSearch.call(context, settings.filter, settings.paginationToken);
	throw new Error(`${nodeType.description.displayName} has no list method "${methodName}".`);
}
