import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { WorkflowNode } from '../n8n-host/n8n-records';

interface Checked {
	node: INode;
	type: INodeTypeDescription;
	/** The node's parameters with the defaults of those it leaves out. */
	root: INodeParameters;
}

/** What the editor could not show, or would show as an error, when it opens these nodes. */
export function parameterProblems(
	nodes: readonly WorkflowNode[],
	types: readonly INodeTypeDescription[],
): string[] {
	return nodes.flatMap((node) => {
		const type = typeOf(node, types);
		if (!type) return [`${node.name}: there is no ${node.type} of version ${node.typeVersion}`];
		return problemsOf(node as unknown as INode, type).map((problem) => `${node.name}: ${problem}`);
	});
}

export function typeOf(
	{ type, typeVersion }: WorkflowNode,
	types: readonly INodeTypeDescription[],
): INodeTypeDescription | undefined {
	return types.find(({ name, version }) => name === type && [version].flat().includes(typeVersion));
}

function problemsOf(node: INode, type: INodeTypeDescription): string[] {
	const { properties } = type;
	const root =
		NodeHelpers.getNodeParameters(properties, node.parameters, true, true, node, type) ?? {};
	const issues = NodeHelpers.getNodeParametersIssues(properties, node, type);
	return [
		...valueProblems(properties, node.parameters, root, { node, type, root }),
		...(issues ? NodeHelpers.nodeIssuesToString(issues, node) : []),
	];
}

function valueProblems(
	properties: readonly INodeProperties[],
	values: INodeParameters,
	siblings: INodeParameters,
	checked: Checked,
): string[] {
	const { node, type, root } = checked;
	return Object.entries(values).flatMap(([key, value]) => {
		const property = properties.find(
			(candidate) =>
				candidate.name === key &&
				NodeHelpers.displayParameter(siblings, candidate, node, type, root),
		);
		if (!property) return [`"${key}" is no parameter that is shown`];
		const nested = nestedProblems(property, value as INodeParameters, checked);
		return [...optionProblems(property, value), ...nested].map((text) => `${key}: ${text}`);
	});
}

function optionProblems({ type, typeOptions, options }: INodeProperties, value: unknown): string[] {
	const isChoice = type === 'options' || type === 'multiOptions';
	if (!isChoice || typeOptions?.loadOptionsMethod || isExpression(value)) return [];
	const offered = (options as INodePropertyOptions[]).map((option) => option.value);
	return [value]
		.flat()
		.filter((chosen) => !offered.includes(chosen as string))
		.map((chosen) => `"${String(chosen)}" is not offered`);
}

function nestedProblems(
	property: INodeProperties,
	value: INodeParameters,
	checked: Checked,
): string[] {
	if (isExpression(value)) return [];
	if (property.type === 'collection') {
		return entryProblems(property.options as INodeProperties[], value, checked);
	}
	if (property.type !== 'fixedCollection') return [];
	const groups = property.options as INodePropertyCollection[];
	return Object.entries(value).flatMap(([name, entries]) => {
		const group = groups.find((candidate) => candidate.name === name);
		if (!group) return [`"${name}" is no group of it`];
		return [entries as INodeParameters | INodeParameters[]]
			.flat()
			.flatMap((entry) => entryProblems(group.values, entry, checked));
	});
}

function entryProblems(
	properties: readonly INodeProperties[],
	values: INodeParameters,
	checked: Checked,
): string[] {
	const defaults = properties.map(({ name, default: value }) => [name, value]);
	const siblings = { ...Object.fromEntries(defaults), ...values } as INodeParameters;
	return valueProblems(properties, values, siblings, checked);
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}
