import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { checkoutComHosts } from '../nodes/CheckoutComPayments/checkout-com-hosts';
import { bearerAuthentication } from '../nodes/http/bearer-authentication';

export class CheckoutComPaymentsApi implements ICredentialType {
	name = 'checkoutComPaymentsApi';

	displayName = 'Checkout.com Payments API';

	documentationUrl =
		'https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#checkoutcom';

	icon = {
		light: 'file:../nodes/CheckoutComPayments/checkout-com.svg',
		dark: 'file:../nodes/CheckoutComPayments/checkout-com.dark.svg',
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
			description: 'Keys, prefixes and payments of the two have nothing in common',
		},
		{
			displayName: 'Prefix',
			name: 'prefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. vkuhvk4v',
			description:
				'The first eight characters of your client ID without cli_, from Developers > Overview in the Dashboard. Live and sandbox differ. Empty uses the address that all merchants share, which Checkout.com calls outdated.',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'sk_… or sk_sbox_…',
			description:
				'Dashboard > Developers > Keys. It needs payments and payment links, and workflows where a trigger registers itself. Payment Links must be enabled for your account by Checkout.com.',
		},
		{
			displayName: 'Processing Channel ID',
			name: 'processingChannelId',
			type: 'string',
			default: '',
			placeholder: 'pc_…',
			description:
				'Settings > Channels in the Dashboard. Needed when the key serves several channels; events are then taken from this channel only.',
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for triggers with manual webhook registration: the signature key of the webhook you created in the Dashboard',
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
			placeholder: 'e.g. https://vkuhvk4v.api.checkout.com',
			description:
				"Leave empty. Only Checkout.com's own hosts of the chosen environment or an address on this machine are accepted.",
		},
	];

	authenticate = bearerAuthentication('secretKey', checkoutComHosts);

	/** Lists the payments of a reference that nobody has: a list without entries says that the key works. */
	test: ICredentialTestRequest = {
		request: { url: '/payments', qs: { reference: 'kommo_credential_test', limit: 1 } },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Checkout.com does not know this key. Copy the secret key again; it starts with sk_ in the live environment and with sk_sbox_ in the sandbox.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The key works but may not read payments. Give it the rights listed below the field.',
				},
			},
		],
	};
}
