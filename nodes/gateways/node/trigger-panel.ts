import type { INodeTypeDescription } from 'n8n-workflow';
import type { Gateway } from '../gateway';

/** What the editor says beside a trigger's parameters: what to do now, and what happens once the workflow is published. */
export function triggerPanel({
	displayName: service,
	registration,
}: Gateway): INodeTypeDescription['triggerPanel'] {
	const live =
		registration === null
			? 'Payments start this workflow once it is published and its Production URL stands in the dashboard.'
			: `Publishing the workflow creates its webhook at ${service}; from then on payments start it. With Webhook Registration set to Manual you create the webhook in the dashboard.`;
	const test =
		registration === null
			? `Use a test key. Press the button above, enter the Test URL in the test tab of the ${service} dashboard, and pay a link. Then enter the Production URL again: ${service} keeps only one.`
			: `Press the button above, then pay a link. A second webhook is created for the test and removed after it; the live one is left alone. With Webhook Registration set to Manual, add a second webhook with the Test URL in the dashboard, and enter its signing secret as Previous Signing Secret while you test.`;
	return {
		header: `Wait for a payment at ${service}`,
		activationHint: { inactive: live, active: `Payments at ${service} start this workflow now.` },
		executionsHelp: {
			inactive: `<b>While you build:</b> ${test} What arrives is shown here.<br /><br /><b>For real:</b> ${live} These runs are in the <a data-key="executions">executions list</a>, not here.`,
			active: `<b>To try something:</b> ${test} What arrives is shown here.<br /><br /><b>For real:</b> payments start this workflow now. These runs are in the <a data-key="executions">executions list</a>, not here.`,
		},
	};
}
