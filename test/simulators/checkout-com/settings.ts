/** What a test or a person may switch while the simulator runs. Each switch is a thing Checkout.com leaves open. */
export interface Settings {
	/** The key is not bound to one processing channel: links without `processing_channel_id` are refused. */
	requireProcessingChannel: boolean;
	/** The account captures at once when a link says nothing about capture. */
	autoCapture: boolean;
	/** Deliveries carry `created_on`, or the `timestamp`, `source` and `action_invocations` of the API's event. */
	envelope: 'created_on' | 'timestamp';
	/** Adds a ® and a number written `20.00` to every body, which re-serialising would change. */
	awkwardBytes: boolean;
	/** Metadata comes back as text; the documentation shows numbers both ways. */
	metadataAsText: boolean;
	/** Whether dispute events carry the payment's metadata; not established, so off. */
	disputesCarryMetadata: boolean;
	/** A reflowed event keeps its id; assumed from the API, which addresses the existing event. */
	reflowKeepsId: boolean;
	/** Whether the key may use the workflows API; otherwise 403. */
	keyMayUseWorkflows: boolean;
	/** `POST /workflows/{id}/test` takes the secret key; by the OpenAPI it takes OAuth only. */
	workflowTestTakesKey: boolean;
	/** `GET /workflows/{id}` shows signature keys; the documented example does. */
	showSignatureKeys: boolean;
}

export function defaultSettings(): Settings {
	return {
		requireProcessingChannel: false,
		autoCapture: true,
		envelope: 'created_on',
		awkwardBytes: false,
		metadataAsText: false,
		disputesCarryMetadata: false,
		reflowKeepsId: true,
		keyMayUseWorkflows: true,
		workflowTestTakesKey: false,
		showSignatureKeys: true,
	};
}
