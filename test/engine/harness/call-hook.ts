import { HookContext } from 'n8n-core';
import type {
	IDataObject,
	WebhookType,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData, replaceContents } from './additional-data';
import type { CredentialSettings } from './stored-credentials';
import { buildWorkflow, nodeTypeOf, uuidFor, type AnyNodeType } from './test-workflow';

export type HookMethod = 'checkExists' | 'create' | 'delete';

export interface HookSettings extends CredentialSettings {
	/** The trigger node's static data; updated in place. */
	staticData?: IDataObject;
	/** What `getNodeWebhookUrl` answers; n8n's own address of the node if left out. */
	webhookUrl?: string;
	/** 'manual' is "Listen for test event": another address and other static data. */
	mode?: WorkflowExecuteMode;
	activation?: WorkflowActivateMode;
	workflowId?: string;
	nodeId?: string;
	nodeName?: string;
	webhookId?: string;
	typeVersion?: number;
	webhookName?: WebhookType;
}

export interface HookCall {
	result: boolean;
	/** The node's static data afterwards; the same object as was passed in. */
	staticData: IDataObject;
}

/**
 * Calls one of a trigger's webhookMethods as n8n does when a workflow is published, unpublished or listened to.
 * @throws what the node throws
 */
export async function callHook(
	type: AnyNodeType,
	method: HookMethod,
	parameters: IDataObject,
	settings: HookSettings = {},
): Promise<HookCall> {
	const nodeType = nodeTypeOf(type, settings.typeVersion);
	const name = settings.nodeName ?? 'Trigger';
	const mode = settings.mode ?? 'trigger';
	const webhookName = settings.webhookName ?? 'default';
	const description = nodeType.description.webhooks?.find(
		(webhook) => webhook.name === webhookName,
	);
	const hook = nodeType.webhookMethods?.[webhookName]?.[method];
	if (description === undefined || hook === undefined) {
		throw new Error(`${nodeType.description.displayName} has no ${webhookName}.${method}.`);
	}
	const staticData = settings.staticData ?? {};
	const workflow = buildWorkflow({
		nodes: [
			{
				type,
				name,
				parameters,
				id: settings.nodeId ?? uuidFor(`node ${name}`),
				webhookId: settings.webhookId ?? uuidFor(`webhook ${name}`),
				...(settings.typeVersion === undefined ? {} : { typeVersion: settings.typeVersion }),
			},
		],
		credentialNames: Object.keys(settings.credentials ?? {}),
		id: settings.workflowId,
		staticData: { [`node:${name}`]: staticData },
	});
	const node = workflow.getNode(name);
	if (node === null) throw new Error(`The node ${name} is not in its own workflow.`);
	const data = additionalData(settings);
	const context = new HookContext(
		workflow,
		node,
		data,
		mode,
		settings.activation ?? (mode === 'manual' ? 'manual' : 'activate'),
		{
			httpMethod: 'POST',
			node: name,
			path: 'webhook',
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: data,
			isTest: mode === 'manual',
		},
	);
	const { webhookUrl } = settings;
	if (webhookUrl !== undefined) context.getNodeWebhookUrl = () => webhookUrl;
	try {
		return { result: await hook.call(context), staticData };
	} finally {
		replaceContents(staticData, workflow.getStaticData('node', node));
	}
}
