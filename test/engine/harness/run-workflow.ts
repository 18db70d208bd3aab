import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	type ExecutionError,
	type IConnections,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IRun,
	type ITaskData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData, replaceContents } from './additional-data';
import type { CredentialSettings } from './stored-credentials';
import { buildWorkflow, nodeTypeOf, type AnyNodeType, type NodeSpec } from './test-workflow';

export interface RunWorkflowSettings extends CredentialSettings {
	/** The first one is where the run starts. */
	nodes: readonly NodeSpec[];
	/** Without it each node's first output leads to the next node. */
	connections?: IConnections;
	/** Items the first node gets; one empty item if left out. */
	input?: readonly INodeExecutionData[];
	mode?: WorkflowExecuteMode;
	executionId?: string;
	workflowId?: string;
	/** The whole workflow's static data; updated in place with what the run left there. */
	staticData?: IDataObject;
}

/** Runs a workflow to its end in n8n's engine, as an execution that is already stored. Never throws for a failing node. */
export async function runWorkflow(settings: RunWorkflowSettings): Promise<IRun> {
	const workflow = buildWorkflow({
		nodes: settings.nodes,
		connections: settings.connections,
		credentialNames: Object.keys(settings.credentials ?? {}),
		id: settings.workflowId,
		staticData: settings.staticData,
	});
	const first = settings.nodes[0];
	const start = Object.values(workflow.nodes)[0];
	if (first === undefined || start === undefined) throw new Error('A workflow needs a node.');
	const mode = settings.mode ?? 'trigger';
	const executionId = settings.executionId ?? '1';
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: workflow.id,
		name: 'Test workflow',
		active: true,
		isArchived: false,
		activeVersionId: null,
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		createdAt: new Date(0),
		updatedAt: new Date(0),
	});
	const input = structuredClone(settings.input ?? [{ json: {} }]) as INodeExecutionData[];
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [input] }, source: null }],
		},
	});
	const run = await new WorkflowExecute(
		additionalData(settings, { hooks, executionId }),
		mode,
		data,
	).processRunExecutionData(workflow);
	if (settings.staticData) replaceContents(settings.staticData, workflow.staticData);
	return run;
}

/** A node's items per output of its last run: `outputsOf(run, 'Stripe')[1]` is the second output. */
export function outputsOf(run: IRun, nodeName: string): INodeExecutionData[][] {
	return (lastRun(run, nodeName)?.data?.main ?? []).map((items) => items ?? []);
}

/** The error of one node, or of the whole run; null when there was none. */
export function errorOf(run: IRun, nodeName?: string): Error | null {
	const error = nodeName === undefined ? run.data.resultData.error : lastRun(run, nodeName)?.error;
	return error === undefined ? null : asInstance(error);
}

/** The engine keeps a plain copy of an error; this makes it one of its class again. */
function asInstance(error: ExecutionError): Error {
	if (error instanceof Error) return error;
	const plain = error as Error;
	const classes: Record<string, { prototype: Error }> = { NodeApiError, NodeOperationError };
	const { prototype } = classes[plain.name] ?? Error;
	return Object.create(prototype, Object.getOwnPropertyDescriptors(plain)) as Error;
}

export interface RunNodeSettings extends CredentialSettings {
	typeVersion?: number;
	onError?: INode['onError'];
	mode?: WorkflowExecuteMode;
	nodeName?: string;
	executionId?: string;
	workflowId?: string;
}

/**
 * Runs one node over the items: a trigger as the start of the workflow, any other node behind one that has them.
 * @returns its items per output; with `onError: 'continueErrorOutput'` the last one is the error output
 * @throws the node's own error, unless `onError` lets it continue
 */
export async function runNode(
	type: AnyNodeType,
	parameters: IDataObject,
	items: readonly INodeExecutionData[],
	settings: RunNodeSettings = {},
): Promise<INodeExecutionData[][]> {
	const { typeVersion, onError, nodeName = 'Node', ...rest } = settings;
	const isStart = nodeTypeOf(type, typeVersion).description.inputs.length === 0;
	const run = await runWorkflow({
		...rest,
		nodes: [
			...(isStart ? [] : [{ type: new Items(), name: 'Items' }]),
			{
				type,
				name: nodeName,
				parameters,
				...(typeVersion === undefined ? {} : { typeVersion }),
				...(onError === undefined ? {} : { onError }),
			},
		],
		input: items,
	});
	const error = errorOf(run);
	// The engine marks a run whose last node failed as failed even where that node was to continue.
	if (error !== null && !onError?.startsWith('continue')) throw error;
	return outputsOf(run, nodeName);
}

/** Hands on the items it was started with. */
class Items implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Items',
		name: 'items',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow with the items of a test',
		defaults: {},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

function lastRun(run: IRun, nodeName: string): ITaskData | undefined {
	return run.data.resultData.runData[nodeName]?.at(-1);
}
