/** Runs nodes in n8n's own engine (n8n-core), without n8n's server and database. */
export { callHook, type HookCall, type HookMethod, type HookSettings } from './call-hook';
export { callLoadOptions } from './call-load-options';
export {
	callWebhook,
	type WebhookAnswer,
	type WebhookCall,
	type WebhookRequest,
	type WebhookSettings,
} from './call-webhook';
export type { CredentialSettings } from './stored-credentials';
export { processedData } from './processed-data';
export {
	errorOf,
	outputsOf,
	runNode,
	runWorkflow,
	type RunNodeSettings,
	type RunWorkflowSettings,
} from './run-workflow';
export type { AnyNodeType, NodeSpec } from './test-workflow';
export { withoutPauses } from './without-pauses';
