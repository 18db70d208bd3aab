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
import { paddle } from './gateway';

export class PaddlePaymentsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Paddle Payments Trigger',
		name: 'paddlePaymentsTrigger',
		icon: { light: 'file:paddle.svg', dark: 'file:paddle.dark.svg' },
		group: ['trigger'],
		// For version 1 n8n itself resolves an expression with each request, which costs an isolate.
		version: [1, 2],
		defaultVersion: 2,
		subtitle: 'Verified payment events',
		description: 'Starts when a Paddle payment succeeds, fails, is refunded or disputed',
		eventTriggerDescription: 'Waiting for a Paddle payment event',
		activationMessage: 'Paddle now reports payments to this workflow.',
		defaults: { name: 'Paddle Payments Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paddlePaymentsApi', required: true }],
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
		triggerPanel: triggerPanel(paddle),
		properties: triggerProperties(paddle, {
			manualSteps: [
				'In Paddle open Developer tools > Notifications, add a destination of type URL with this URL and choose <a href="https://github.com/n8n-nodes-kommo-payments/n8n-nodes-kommo-payments#which-event-of-which-provider-does-what" target="_blank">these events</a>.',
				'Copy the secret key of the destination into the credential.',
			],
			emitWithoutLead: true,
			options: [
				{
					displayName: 'Include Simulated Events',
					name: 'includeSimulated',
					type: 'boolean',
					default: false,
					description:
						"Whether to emit events of Paddle's webhook simulator as well. They are marked as simulated; what they tell of does not exist.",
				},
			],
		}),
	};

	webhookMethods = registrationMethods(paddle);

	async webhook(this: IWebhookFunctions) {
		return await receiveDelivery.call(this, paddle);
	}

	async execute(this: IExecuteFunctions) {
		return await emitPaymentEvents.call(this, paddle);
	}
}
