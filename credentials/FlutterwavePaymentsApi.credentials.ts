import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { bearerAuthentication } from '../nodes/http/bearer-authentication';

export class FlutterwavePaymentsApi implements ICredentialType {
	name = 'flutterwavePaymentsApi';

	displayName = 'Flutterwave Payments API';

	documentationUrl =
		'https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#flutterwave';

	icon = {
		light: 'file:../nodes/FlutterwavePayments/flutterwave.svg',
		dark: 'file:../nodes/FlutterwavePayments/flutterwave.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'FLWSECK-… or FLWSECK_TEST-…',
			description:
				'Flutterwave dashboard > Settings > API keys. The key decides whether it is about real money: FLWSECK_TEST- is test mode.',
		},
		{
			displayName: 'Signing Secret (Secret Hash)',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the trigger: the secret hash that you entered under Settings > Webhooks in the Flutterwave dashboard. Without it every delivery is refused.',
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Still accepted while you change over to a new secret hash; empty it afterwards',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.flutterwave.com',
			description:
				"Leave empty. Only Flutterwave's own host or an address on this machine is accepted.",
		},
	];

	authenticate = bearerAuthentication('secretKey', () => ({
		provider: 'Flutterwave',
		official: 'https://api.flutterwave.com',
		allowed: ['api.flutterwave.com'],
	}));

	test: ICredentialTestRequest = {
		request: { url: '/v3/transactions?page=1' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Flutterwave does not know this key. Copy the secret key again; it starts with FLWSECK- or FLWSECK_TEST-.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Flutterwave knows the key but refuses it. If your account has whitelisted IP addresses, add the one of your n8n server.',
				},
			},
		],
	};
}
