import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { actionProperties } from '../gateways/node/action-properties';
import { ACTION_SUBTITLE } from '../gateways/node/action-subtitle';
import { executeOperation } from '../gateways/node/execute-operation';
import { paddle } from './gateway';
import { linkOptions } from './link-options';
import { loadOptions } from './load-options';
import { paymentFilters } from './payment-filters';

export class PaddlePayments implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Paddle Payments',
		name: 'paddlePayments',
		icon: { light: 'file:paddle.svg', dark: 'file:paddle.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: ACTION_SUBTITLE,
		description: 'Create Paddle payment links for Kommo leads and look up payments',
		defaults: { name: 'Paddle Payments' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'paddlePaymentsApi', required: true }],
		properties: actionProperties(paddle, {
			'paymentLink.create': linkOptions,
			'payment.getAll': paymentFilters,
		}),
	};

	methods = { loadOptions };

	async execute(this: IExecuteFunctions) {
		return await executeOperation.call(this, paddle);
	}
}
