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
import { checkoutCom } from './gateway';

export class CheckoutComPaymentsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Checkout.com Payments Trigger',
		name: 'checkoutComPaymentsTrigger',
		icon: { light: 'file:checkout-com.svg', dark: 'file:checkout-com.dark.svg' },
		group: ['trigger'],
		// For version 1 n8n itself resolves an expression with each request, which costs an isolate.
		version: [1, 2],
		defaultVersion: 2,
		subtitle: 'Verified payment events',
		description: 'Starts when a Checkout.com payment succeeds, fails, is refunded or disputed',
		eventTriggerDescription: 'Waiting for a Checkout.com payment event',
		activationMessage: 'Checkout.com now reports payments to this workflow.',
		defaults: { name: 'Checkout.com Payments Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'checkoutComPaymentsApi', required: true }],
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
		triggerPanel: triggerPanel(checkoutCom),
		properties: triggerProperties(checkoutCom, {
			manualSteps: [
				'In the Checkout.com Dashboard open Developers > Webhooks, add a webhook with this URL and choose <a href="https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#which-event-of-which-provider-does-what" target="_blank">these events</a>. Leave out "Payment approved": it tells of money that is only promised.',
				'Copy the signature key of the webhook into the credential.',
			],
			options: [
				{
					displayName: 'Include Authorizations',
					name: 'includeAuthorizations',
					type: 'boolean',
					default: false,
					description:
						'Whether to report payments that the bank has only promised as pending. For accounts that capture by hand.',
				},
			],
		}),
	};

	webhookMethods = registrationMethods(checkoutCom);

	async webhook(this: IWebhookFunctions) {
		return await receiveDelivery.call(this, checkoutCom);
	}

	async execute(this: IExecuteFunctions) {
		return await emitPaymentEvents.call(this, checkoutCom);
	}
}
