import type {
	ExecutionStatus,
	IDataObject,
	INodeTypeDescription,
	IRunExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** What n8n's REST API gives and takes, as far as it is used here. */

export interface Owner {
	email: string;
	password: string;
}

export interface CredentialData {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, { id: string | null; name: string }>;
	[key: string]: unknown;
}

/** The file that the editor's Import from File takes. */
export interface WorkflowFile {
	name?: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

export interface SavedWorkflow extends WorkflowFile {
	id: string;
	name: string;
	/** The draft's version; publishing names it. */
	versionId: string;
}

export interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export type ManualRun = { executionId: string } | { waitingForWebhook: true };

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: WorkflowExecuteMode;
	retryOf?: string | null;
	startedAt: string;
	stoppedAt?: string | null;
}

export interface Execution extends ExecutionSummary {
	/** Null while nothing has been stored. */
	data: IRunExecutionData | null;
}

export type NodeTypeEntry = INodeTypeDescription;

/** The items a node gave in its last run of an execution, or [] when it did not run. */
export const outputOf = (execution: Execution, nodeName: string, output = 0): IDataObject[] => {
	const runs = execution.data?.resultData.runData[nodeName] ?? [];
	return (runs.at(-1)?.data?.main?.[output] ?? []).map((item) => item.json);
};

/** Why an execution failed, in n8n's words, or null. */
export const errorOf = (execution: Execution): string | null =>
	execution.data?.resultData.error?.message ?? null;
