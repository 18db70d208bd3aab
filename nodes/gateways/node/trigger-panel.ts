import type { INodeTypeDescription } from 'n8n-workflow';
import type { Gateway } from '../gateway';

/** What the editor says beside a trigger's parameters: what to do now, and what will happen by itself later. */
export function triggerPanel({
	displayName: service,
	registration,
}: Gateway): INodeTypeDescription['triggerPanel'] {
	const live =
		registration === null
			? 'Payments start this workflow by themselves once it is published and its production URL stands in the dashboard.'
			: `Once you publish the workflow, its webhook at ${service} is made, and payments start it by themselves. With Webhook Registration set to Manual you make the webhook in the dashboard.`;
	const test =
		registration === null
			? 'Press the button above, enter the test URL in the dashboard for the time being, and pay a link.'
			: 'Press the button above, then pay a link. A second webhook is made for the test and removed after it; the live one is left alone.';
	return {
		header: `Wait for a payment at ${service}`,
		activationHint: { inactive: live, active: `Payments at ${service} start this workflow now.` },
		executionsHelp: {
			inactive: `<b>While you build:</b> ${test} What arrives is shown here.<br /><br /><b>For real:</b> ${live} These runs are in the <a data-key="executions">executions list</a>, not here.`,
			active: `<b>To try something:</b> ${test} What arrives is shown here.<br /><br /><b>For real:</b> payments start this workflow now. These runs are in the <a data-key="executions">executions list</a>, not here.`,
		},
	};
}
