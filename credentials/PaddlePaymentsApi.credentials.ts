import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { bearerAuthentication } from '../nodes/http/bearer-authentication';
import { paddleHosts } from '../nodes/PaddlePayments/paddle-hosts';

export class PaddlePaymentsApi implements ICredentialType {
	name = 'paddlePaymentsApi';

	displayName = 'Paddle Payments API';

	documentationUrl = 'https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#paddle';

	icon = {
		light: 'file:../nodes/PaddlePayments/paddle.svg',
		dark: 'file:../nodes/PaddlePayments/paddle.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Live', value: 'live' },
				{ name: 'Sandbox', value: 'sandbox' },
			],
			default: 'live',
			description: 'A sandbox is an account of its own, with keys of its own',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'pdl_live_apikey_… or pdl_sdbx_apikey_…',
			description:
				'Paddle > Developer tools > Authentication > API keys. It needs these permissions: Transactions, Customers and Notification Settings (read and write), Adjustments, Prices, Products, Notifications and Checkout Settings (read). Keys expire: note the date.',
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'pdl_ntfset_…',
			description:
				'Only for triggers with manual webhook registration: the secret key of the notification destination you created in the dashboard',
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Still accepted while you change over to a new signing secret; empty it afterwards',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.paddle.com',
			description: "Leave empty. Only Paddle's own host or an address on this machine is accepted.",
		},
	];

	authenticate = bearerAuthentication('apiKey', paddleHosts);

	/** Tells who is calling and needs no permission: https://developer.paddle.com/api-reference/api-root/get-api-root */
	test: ICredentialTestRequest = {
		request: { url: '/', disableFollowRedirect: true },
		// n8n looks at each rule by its type; its own types want all to be of one.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Paddle does not know this key in this environment. Copy the API key again, check whether it has expired or was revoked, and whether it is a live or a sandbox key.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data.caller.account',
					value: null,
					message:
						'Paddle answered, but did not recognize an account by this key. Copy the API key again from Developer tools > Authentication.',
				},
			},
		] as Array<
			IAuthenticateRuleResponseCode | IAuthenticateRuleResponseSuccessBody
		> as ICredentialTestRequest['rules'],
	};
}
