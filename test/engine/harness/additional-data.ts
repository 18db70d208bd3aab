import type { ExecutionLifecycleHooks } from 'n8n-core';
import type { IDataObject, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { StoredCredentials, type CredentialSettings } from './stored-credentials';

/** Where the test n8n says it can be reached. */
export const PUBLIC_URL = 'https://n8n.example.com';

/** What n8n's server gives the engine beside the workflow: addresses, credentials, the request being answered. */
export function additionalData(
	credentials: CredentialSettings,
	more: Partial<IWorkflowExecuteAdditionalData> & { hooks?: ExecutionLifecycleHooks } = {},
): IWorkflowExecuteAdditionalData {
	const parts: Partial<IWorkflowExecuteAdditionalData> = {
		currentNodeExecutionIndex: 0,
		credentialsHelper: new StoredCredentials(credentials),
		restApiUrl: `${PUBLIC_URL}/rest`,
		instanceBaseUrl: `${PUBLIC_URL}/`,
		formWaitingBaseUrl: `${PUBLIC_URL}/form-waiting`,
		webhookBaseUrl: `${PUBLIC_URL}/webhook`,
		webhookWaitingBaseUrl: `${PUBLIC_URL}/webhook-waiting`,
		webhookTestBaseUrl: `${PUBLIC_URL}/webhook-test`,
		variables: {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		...more,
	};
	// The remaining members belong to parts of n8n that no node of this package reaches (agents, task runners …).
	return parts as IWorkflowExecuteAdditionalData;
}

/** Makes `target` hold exactly what `source` holds. */
export function replaceContents(target: IDataObject, source: IDataObject): void {
	for (const key of Object.keys(target)) delete target[key];
	// The column is JSON; and what the engine keeps is a proxy, which structuredClone refuses.
	Object.assign(target, JSON.parse(JSON.stringify(source)));
}
