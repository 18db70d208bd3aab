import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { actionProperties } from '../gateways/node/action-properties';
import { ACTION_SUBTITLE } from '../gateways/node/action-subtitle';
import { executeOperation } from '../gateways/node/execute-operation';
import { flutterwave } from './gateway';
import { linkOptions, linkUrlOption } from './link-options';
import { getPaymentPlans } from './payment-plan-choices';

export class FlutterwavePayments implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Flutterwave Payments',
		name: 'flutterwavePayments',
		icon: { light: 'file:flutterwave.svg', dark: 'file:flutterwave.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: ACTION_SUBTITLE,
		description: 'Create Flutterwave payment links for Kommo leads and look up payments',
		defaults: { name: 'Flutterwave Payments' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'flutterwavePaymentsApi', required: true }],
		properties: actionProperties(flutterwave, {
			'paymentLink.create': linkOptions,
			'paymentLink.get': [linkUrlOption],
			'paymentLink.deactivate': [linkUrlOption],
		}),
	};

	methods = { loadOptions: { getPaymentPlans } };

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, flutterwave);
	}
}
