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
import { triggerProperties } from '../gateways/node/trigger-properties';
import { flutterwave } from './gateway';

export class FlutterwavePaymentsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Flutterwave Payments Trigger',
		name: 'flutterwavePaymentsTrigger',
		icon: { light: 'file:flutterwave.svg', dark: 'file:flutterwave.dark.svg' },
		group: ['trigger'],
		// For version 1 n8n itself resolves an expression with each request, which costs an isolate.
		version: [1, 2],
		defaultVersion: 2,
		subtitle: 'Verified payment events',
		description: 'Starts when a Flutterwave payment succeeds, fails or is refunded',
		eventTriggerDescription: 'Waiting for a Flutterwave payment event',
		activationMessage:
			'This workflow now waits for Flutterwave. Enter the production URL in the Flutterwave dashboard if it is not there yet.',
		defaults: { name: 'Flutterwave Payments Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'flutterwavePaymentsApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				// Short: some report that the dashboard's field takes no more than 50 characters.
				path: 'w',
			},
		],
		triggerPanel: triggerPanel(flutterwave),
		properties: triggerProperties(flutterwave, {
			events: [
				'payment.succeeded',
				'payment.pending',
				'payment.failed',
				'payment.refunded',
				'subscription.canceled',
			],
			manualSteps: [
				'In the Flutterwave dashboard open Settings > Webhooks, on the Test or the Live tab, whichever your key belongs to. Flutterwave takes one URL for each.',
				'Enter this URL and a secret hash: a long random text of your own.',
				'Tick "Receive webhook response in JSON format", "Enable webhook retries", "Enable v3 webhooks", "Enable webhook for failed transactions" and, where it is offered, "Enable webhook for refunds", and save.',
				'Put the same secret hash into the credential.',
			],
		}),
	};

	webhookMethods = registrationMethods(flutterwave);

	async webhook(this: IWebhookFunctions) {
		return await receiveDelivery.call(this, flutterwave);
	}

	async execute(this: IExecuteFunctions) {
		return await emitPaymentEvents.call(this, flutterwave);
	}
}
