import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { emitPaymentEvents } from '../gateways/node/emit-payment-events';
import { receiveDelivery } from '../gateways/node/receive-delivery';
import { registrationMethods } from '../gateways/node/registration-methods';
import { triggerPanel } from '../gateways/node/trigger-panel';
import { MADE_BY_ITSELF, triggerProperties } from '../gateways/node/trigger-properties';
import { stripe } from './gateway';

export class StripePaymentsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stripe Payments Trigger',
		name: 'stripePaymentsTrigger',
		icon: { light: 'file:stripe.svg', dark: 'file:stripe.dark.svg' },
		group: ['trigger'],
		// For version 1 n8n itself resolves an expression with each request, which costs an isolate.
		version: [1, 2],
		defaultVersion: 2,
		subtitle: 'Verified payment events',
		description: 'Starts when a Stripe payment succeeds, fails, is refunded or disputed',
		eventTriggerDescription: 'Waiting for a Stripe payment event',
		activationMessage: 'Stripe now reports payments to this workflow.',
		defaults: { name: 'Stripe Payments Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'stripePaymentsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
				ndvHideUrl: MADE_BY_ITSELF,
			},
		],
		triggerPanel: triggerPanel(stripe),
		properties: triggerProperties(stripe, {
			manualSteps: [
				'In the Stripe dashboard open Developers > Webhooks, add an endpoint with this URL and choose <a href="https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#which-event-of-which-provider-does-what" target="_blank">these events</a>.',
				'Copy the signing secret of the endpoint into the credential.',
			],
			options: [
				{
					displayName: 'Include Payments Made Without a Link',
					name: 'includePaymentIntents',
					type: 'boolean',
					default: false,
					description:
						'Whether to listen for payments that came in without Stripe Checkout as well, for example through your own form',
				},
			],
		}),
	};

	webhookMethods = registrationMethods(stripe);

	async webhook(this: IWebhookFunctions) {
		return await receiveDelivery.call(this, stripe);
	}

	async execute(this: IExecuteFunctions) {
		return await emitPaymentEvents.call(this, stripe);
	}
}
