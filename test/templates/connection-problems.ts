import {
	NodeHelpers,
	Workflow,
	type IConnections,
	type INode,
	type INodeTypeDescription,
	type INodeTypes,
} from 'n8n-workflow';
import type { WorkflowFile } from '../n8n-host/n8n-records';
import { typeOf } from './parameter-problems';

const STICKY = 'n8n-nodes-base.stickyNote';

/** Connections that lead nowhere, nodes that nothing leads to, and expressions that look at nodes which have not run. */
export function connectionProblems(
	template: WorkflowFile,
	types: readonly INodeTypeDescription[],
): string[] {
	const workflow = workflowOf(template, types);
	const steps = Object.values(workflow.nodes).filter(({ type }) => type !== STICKY);
	return [
		...edgesOf(workflow.connectionsBySourceNode).flatMap((edge) => edgeProblems(edge, workflow)),
		...steps.flatMap((node) => (isReached(node, workflow) ? [] : [`${node.name}: not reached`])),
		...steps.flatMap((node) => lookUpProblems(node, workflow)),
	];
}

interface Edge {
	from: string;
	output: number;
	to: string;
}

function workflowOf(
	{ nodes, connections }: WorkflowFile,
	types: readonly INodeTypeDescription[],
): Workflow {
	const getByNameAndVersion = (name: string, version?: number) => {
		const description = types.find(
			(type) => type.name === name && [type.version].flat().includes(version ?? 1),
		);
		return { description };
	};
	return new Workflow({
		nodes: nodes.filter((node) => typeOf(node, types)) as unknown as INode[],
		connections: connections as IConnections,
		active: false,
		nodeTypes: { getByNameAndVersion } as unknown as INodeTypes,
	});
}

function edgesOf(connections: IConnections): Edge[] {
	return Object.entries(connections).flatMap(([from, { main = [] }]) =>
		main.flatMap((targets, output) =>
			(targets ?? []).map(({ node: to }) => ({ from, output, to })),
		),
	);
}

function edgeProblems({ from, output, to }: Edge, workflow: Workflow): string[] {
	const name = `${from} → ${to}`;
	const source = workflow.getNode(from);
	const target = workflow.getNode(to);
	if (!source || !target) return [`${name}: one of them does not exist`];
	const outputs = NodeHelpers.getNodeOutputs(workflow, source, descriptionOf(source, workflow));
	const inputs = NodeHelpers.getNodeInputs(workflow, target, descriptionOf(target, workflow));
	return [
		...(output < outputs.length ? [] : [`${name}: ${from} has no output ${output}`]),
		...(inputs.length > 0 ? [] : [`${name}: ${to} has no input`]),
	];
}

function isReached(node: INode, workflow: Workflow): boolean {
	const isTrigger = ({ group }: INodeTypeDescription) => group.includes('trigger');
	return [node.name, ...workflow.getParentNodes(node.name)].some((name) => {
		const start = workflow.getNode(name);
		return start !== null && isTrigger(descriptionOf(start, workflow));
	});
}

function lookUpProblems(node: INode, workflow: Workflow): string[] {
	const before = workflow.getParentNodes(node.name);
	const lookedAt = [...JSON.stringify(node.parameters).matchAll(/\$\('([^']+)'\)/g)];
	return [...new Set(lookedAt.map(([, name = '']) => name))]
		.filter((name) => !before.includes(name))
		.map((name) => `${node.name}: "${name}" does not run before it`);
}

function descriptionOf({ type, typeVersion }: INode, workflow: Workflow): INodeTypeDescription {
	return workflow.nodeTypes.getByNameAndVersion(type, typeVersion).description;
}
