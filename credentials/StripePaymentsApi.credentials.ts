import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { bearerAuthentication } from '../nodes/http/bearer-authentication';

export class StripePaymentsApi implements ICredentialType {
	name = 'stripePaymentsApi';

	displayName = 'Stripe Payments API';

	documentationUrl = 'https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#stripe';

	icon = {
		light: 'file:../nodes/StripePayments/stripe.svg',
		dark: 'file:../nodes/StripePayments/stripe.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'sk_… or rk_…',
			description:
				'Stripe Dashboard > Developers > API keys. A restricted key needs write access to Payment Links, Webhook Endpoints, Products and Prices, and read access to Payment Intents, Charges, Refunds, Disputes, Checkout Sessions, Invoices, Subscriptions and Events.',
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'whsec_…',
			description:
				'Only for triggers with manual webhook registration: the signing secret of the endpoint you created in the dashboard',
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
			placeholder: 'e.g. https://api.stripe.com',
			description: "Leave empty. Only Stripe's own host or an address on this machine is accepted.",
		},
	];

	authenticate = bearerAuthentication('secretKey', () => ({
		provider: 'Stripe',
		official: 'https://api.stripe.com',
		allowed: ['api.stripe.com'],
	}));

	/** Not the account itself: a restricted key may read that only with a right that nothing else here needs. */
	test: ICredentialTestRequest = {
		request: { url: '/v1/payment_links', qs: { limit: 1 } },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Stripe does not know this key. Copy the secret key again; it starts with sk_ or rk_.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The key works but may not read Payment Links. Give the restricted key the rights listed below the field.',
				},
			},
		],
	};
}
