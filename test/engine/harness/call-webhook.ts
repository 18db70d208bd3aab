import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeType,
	IWebhookDescription,
	IWebhookResponseData,
	WebhookType,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData, replaceContents } from './additional-data';
import { exchange, type WebhookAnswer, type WebhookRequest } from './loopback-exchange';
import type { CredentialSettings } from './stored-credentials';
import { buildWorkflow, nodeTypeOf, uuidFor, type AnyNodeType } from './test-workflow';
import { parseBody, prepareRequest, UnreadableBody } from './webhook-request';

export type { WebhookAnswer, WebhookRequest };

export interface WebhookSettings extends CredentialSettings {
	/** The trigger node's static data; updated in place as n8n would save it. */
	staticData?: IDataObject;
	/** 'webhook' is the published workflow, 'manual' is "Listen for test event". */
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	nodeId?: string;
	nodeName?: string;
	webhookId?: string;
	typeVersion?: number;
	webhookName?: WebhookType;
	/**
	 * 'answer' (the default): n8n answers as soon as the node has returned. 'hold': n8n is still storing the execution;
	 * the response stays open until the test calls `closed()`.
	 */
	response?: 'answer' | 'hold';
}

export interface WebhookCall {
	/** null while the response is held, and when the node leaves it open for good. */
	readonly status: number | null;
	readonly body: unknown;
	readonly headers: Record<string, string>;
	/** What the node returned; undefined when it threw or was never called. */
	result: IWebhookResponseData | undefined;
	/** The items an execution was started with, null when none was. */
	items: INodeExecutionData[][] | null;
	/** What the node threw. n8n answers 500 and stores a failed execution. */
	error: Error | null;
	/** The node's static data as n8n has saved it; the same object as was passed in. */
	staticData: IDataObject;
	/**
	 * Waits for the response's 'close'. A held response is answered first: as n8n would when `status` is left out, with
	 * that status (500: the execution could not be stored), or not at all ('hang up': the client went away).
	 */
	closed(status?: number | 'hang up'): Promise<void>;
}

/** Sends a request to a trigger's `webhook()` and answers it as n8n's server does (response mode onReceived). */
export async function callWebhook(
	type: AnyNodeType,
	parameters: IDataObject,
	request: WebhookRequest,
	settings: WebhookSettings = {},
): Promise<WebhookCall> {
	const nodeType = nodeTypeOf(type, settings.typeVersion);
	const name = settings.nodeName ?? 'Trigger';
	const webhookId = settings.webhookId ?? uuidFor(`webhook ${name}`);
	const staticData = settings.staticData ?? {};
	const workflow = buildWorkflow({
		nodes: [
			{
				type,
				name,
				parameters,
				id: settings.nodeId ?? uuidFor(`node ${name}`),
				webhookId,
				...(settings.typeVersion === undefined ? {} : { typeVersion: settings.typeVersion }),
			},
		],
		credentialNames: Object.keys(settings.credentials ?? {}),
		id: settings.workflowId,
		staticData: Object.keys(staticData).length > 0 ? { [`node:${name}`]: staticData } : {},
	});
	const hadStaticData = Object.keys(staticData).length > 0;
	const prefix = settings.mode === 'manual' ? '/webhook-test' : '/webhook';
	const open = await exchange(`${prefix}/${webhookId}/webhook`, request);
	let answer: WebhookAnswer | null = null;
	const call: WebhookCall = {
		get status() {
			return answer?.status ?? null;
		},
		get body() {
			return answer?.body;
		},
		get headers() {
			return answer?.headers ?? {};
		},
		result: undefined,
		items: null,
		error: null,
		staticData,
		async closed(status) {
			if (status === 'hang up') {
				open.hangUp();
			} else if (!open.response.writableEnded) {
				if (status === undefined) respond();
				else open.response.status(status).json(status < 300 ? {} : SERVER_ERROR);
			}
			if (!open.response.writableEnded) open.hangUp();
			await open.closed;
			answer = await open.answer;
		},
	};

	let respond = (): void => {};
	const description = webhookDescription(nodeType, settings.webhookName, open.request.method);
	if (description === undefined) {
		open.response.status(404).json({
			code: 404,
			message: `This webhook is not registered for ${open.request.method} requests.`,
		});
		await call.closed();
		return call;
	}
	try {
		const prepared = prepareRequest(open.request);
		const version = workflow.getNode(name)?.typeVersion ?? 1;
		await parseBody(prepared, version);
	} catch (error) {
		if (!(error instanceof UnreadableBody)) throw error;
		open.response.status(error.status).json({ code: error.status, message: error.message });
		await call.closed();
		return call;
	}
	const data = additionalData(settings, {
		httpRequest: open.request,
		httpResponse: open.response,
	});
	const node = workflow.getNode(name);
	if (node === null) throw new Error(`The node ${name} is not in its own workflow.`);
	const mode = settings.mode ?? 'webhook';
	const context = new WebhookContext(
		workflow,
		node,
		data,
		mode,
		{
			httpMethod: 'POST',
			node: name,
			path: 'webhook',
			webhookDescription: description,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: data,
			isTest: mode === 'manual',
		},
		[],
		null,
	);
	try {
		if (nodeType.webhook === undefined) throw new Error('The node has no webhook().');
		call.result = await nodeType.webhook.call(context);
	} catch (error) {
		call.error = error as Error;
		respond = () => open.response.status(500).json(SERVER_ERROR);
	}
	const { result } = call;
	call.items = (result?.workflowData as INodeExecutionData[][] | undefined) ?? null;
	// n8n 2.36 and later loses what webhook() wrote whenever it starts an execution and the workflow already had
	// static data (a second Workflow object resets the change mark before the save).
	if (call.items === null || !hadStaticData) {
		replaceContents(staticData, workflow.getStaticData('node', node));
	}
	if (result !== undefined && result.noWebhookResponse !== true) {
		const { response } = open;
		const body = responseBody(workflow, name, description, result, mode);
		respond = () => {
			response.status(200);
			if (typeof body === 'string') response.send(body);
			else response.json(body);
		};
	}
	if (open.response.writableEnded || settings.response !== 'hold') {
		if (!open.response.writableEnded) respond();
		if (open.response.writableEnded) await call.closed();
	}
	return call;
}

const SERVER_ERROR = { code: 0, message: 'There was a problem executing the workflow' };

function webhookDescription(
	nodeType: INodeType,
	name: WebhookType | undefined,
	method: string,
): IWebhookDescription | undefined {
	return nodeType.description.webhooks?.find(
		(webhook) =>
			(name === undefined || webhook.name === name) && (webhook.httpMethod ?? 'GET') === method,
	);
}

/** n8n-core's server side: webhook-helpers.js and webhook-on-received-response-extractor.js. */
function responseBody(
	workflow: Workflow,
	nodeName: string,
	description: IWebhookDescription,
	result: IWebhookResponseData,
	mode: WorkflowExecuteMode,
): unknown {
	if (result.workflowData === undefined) {
		return result.webhookResponse === undefined
			? { message: 'Webhook call received' }
			: (result.webhookResponse as unknown);
	}
	const node = workflow.getNode(nodeName);
	const responseData =
		node === null
			? undefined
			: workflow.expression.getComplexParameterValue(
					node,
					description.responseData,
					mode,
					{},
					undefined,
					'firstEntryJson',
				);
	if (responseData === 'noData') return undefined;
	if (responseData) return responseData;
	return result.webhookResponse === undefined
		? { message: 'Workflow was started' }
		: (result.webhookResponse as unknown);
}
