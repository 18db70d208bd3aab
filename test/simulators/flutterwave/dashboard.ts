/** The merchant's preferences under Settings > Webhooks. They exist in the dashboard only; no API reads or sets them. */
export interface DashboardSettings {
	/** '' while none is set: nothing is sent. */
	webhookUrl: string;
	/** Echoed in `verif-hash`; the header is absent while it is ''. */
	secretHash: string;
	/** Receive webhook response in JSON format; form-encoded otherwise, which nobody has documented. */
	json: boolean;
	/** Enable v3 webhooks; the flat body of v2 otherwise. */
	v3Webhooks: boolean;
	/** Add meta to webhook. */
	addMeta: boolean;
	/** Enable webhook for failed transactions. */
	failedWebhooks: boolean;
	/** Enable webhook for refunds. */
	refundWebhooks: boolean;
	/** Enable webhook retries. */
	retries: boolean;
	/** Enable resend webhook from the dashboard; the resend-hook API needs it too. */
	resend: boolean;
}

/** "Check all the boxes", says the documentation. */
export function defaultDashboard(): DashboardSettings {
	return {
		webhookUrl: '',
		secretHash: '',
		json: true,
		v3Webhooks: true,
		addMeta: true,
		failedWebhooks: true,
		refundWebhooks: true,
		retries: true,
		resend: true,
	};
}
