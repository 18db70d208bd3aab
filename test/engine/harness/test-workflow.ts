import { createHash } from 'node:crypto';
import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

export type AnyNodeType = INodeType | IVersionedNodeType;

/** One node of a test workflow. */
export interface NodeSpec extends Partial<Omit<INode, 'type' | 'parameters' | 'credentials'>> {
	type: AnyNodeType;
	/** The node's default name if left out. */
	name?: string;
	parameters?: IDataObject;
}

export interface TestWorkflowSettings {
	nodes: readonly NodeSpec[];
	/** Without it each node's first output leads to the next node. */
	connections?: IConnections;
	/** Credential type names there are fields for; each node that asks for one of them gets it. */
	credentialNames: readonly string[];
	id?: string;
	/** The whole workflow's static data: `{ 'node:Stripe Payments Trigger': {…}, global: {…} }`. */
	staticData?: IDataObject;
}

/** The type's latest version, or the one asked for. */
export function nodeTypeOf(type: AnyNodeType, version?: number): INodeType {
	return NodeHelpers.getVersionedNodeType(type, version);
}

export function buildNode(spec: NodeSpec, credentialNames: readonly string[]): INode {
	const { type, name, parameters, ...rest } = spec;
	const { description } = nodeTypeOf(type, spec.typeVersion);
	const version = rest.typeVersion ?? highest(description.version);
	const asked = (description.credentials ?? []).map((credential) => credential.name);
	const node: INode = {
		id: uuidFor(`node ${name ?? description.displayName}`),
		position: [0, 0],
		...rest,
		name: name ?? String(description.defaults.name ?? description.displayName),
		type: typeNameOf(type),
		typeVersion: version,
		parameters: (parameters ?? {}) as INodeParameters,
	};
	const credentials = asked.filter((credential) => credentialNames.includes(credential));
	if (credentials.length > 0) {
		node.credentials = Object.fromEntries(
			credentials.map((credential) => [
				credential,
				{ id: uuidFor(`credential ${credential}`), name: credential },
			]),
		);
	}
	return node;
}

export function buildWorkflow(settings: TestWorkflowSettings): Workflow {
	const nodes = settings.nodes.map((spec) => buildNode(spec, settings.credentialNames));
	return new Workflow({
		id: settings.id ?? 'workflow1',
		name: 'Test workflow',
		nodes,
		connections: settings.connections ?? chain(nodes.map((node) => node.name)),
		active: true,
		nodeTypes: registry(settings.nodes),
		// n8n hands over a freshly parsed column each time.
		staticData: structuredClone(settings.staticData ?? {}),
		settings: { executionOrder: 'v1' },
	});
}

/** A stable id in UUID form. */
export function uuidFor(seed: string): string {
	const hex = createHash('sha256').update(seed).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function typeNameOf(type: AnyNodeType): string {
	return `n8n-nodes-kommo-payments.${type.description.name}`;
}

function highest(version: number | number[]): number {
	return Array.isArray(version) ? Math.max(...version) : version;
}

function registry(specs: readonly NodeSpec[]): INodeTypes {
	const types = new Map(specs.map(({ type }) => [typeNameOf(type), type]));
	const find = (name: string): AnyNodeType => {
		const type = types.get(name);
		if (type === undefined) throw new Error(`Unknown node type ${name}`);
		return type;
	};
	return {
		getByName: find,
		getByNameAndVersion: (name, version) => nodeTypeOf(find(name), version),
		getKnownTypes: () => ({}),
	};
}

function chain(names: readonly string[]): IConnections {
	const connections: IConnections = {};
	names.slice(0, -1).forEach((name, index) => {
		const next = names[index + 1] as string;
		connections[name] = {
			main: [[{ node: next, type: NodeConnectionTypes.Main, index: 0 }]],
		};
	});
	return connections;
}
