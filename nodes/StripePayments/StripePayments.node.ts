import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { actionProperties } from '../gateways/node/action-properties';
import { ACTION_SUBTITLE } from '../gateways/node/action-subtitle';
import { executeOperation } from '../gateways/node/execute-operation';
import { stripe } from './gateway';
import { linkOptions } from './link-options';
import { paymentFilters } from './payment-filters';

export class StripePayments implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stripe Payments',
		name: 'stripePayments',
		icon: { light: 'file:stripe.svg', dark: 'file:stripe.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: ACTION_SUBTITLE,
		description: 'Create Stripe payment links for Kommo leads and look up payments',
		defaults: { name: 'Stripe Payments' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'stripePaymentsApi', required: true }],
		properties: actionProperties(stripe, {
			'paymentLink.create': linkOptions,
			'payment.getAll': paymentFilters,
		}),
	};

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, stripe);
	}
}
