import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { actionProperties } from '../gateways/node/action-properties';
import { ACTION_SUBTITLE } from '../gateways/node/action-subtitle';
import { executeOperation } from '../gateways/node/execute-operation';
import { checkoutCom } from './gateway';
import { linkOptions } from './link-options';
import { paymentFilters } from './payment-filters';

export class CheckoutComPayments implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Checkout.com Payments',
		name: 'checkoutComPayments',
		icon: { light: 'file:checkout-com.svg', dark: 'file:checkout-com.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: ACTION_SUBTITLE,
		description: 'Create Checkout.com payment links for Kommo leads and look up payments',
		defaults: { name: 'Checkout.com Payments' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'checkoutComPaymentsApi', required: true }],
		properties: actionProperties(checkoutCom, {
			'paymentLink.create': linkOptions,
			'payment.getAll': paymentFilters,
		}),
	};

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, checkoutCom);
	}
}
