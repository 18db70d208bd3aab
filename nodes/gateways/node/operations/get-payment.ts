import { UserError } from 'n8n-workflow';
import { parameterOrItem, type GatewayOperation } from '../gateway-operation';

export const getPayment: GatewayOperation = {
	resource: 'payment',
	value: 'get',
	name: 'Get',
	action: 'Get payment',
	description: 'Look up one payment as it stands at the provider',
	properties: () => [
		{
			displayName: 'Payment ID',
			name: 'paymentId',
			type: 'string',
			default: '',
			placeholder: 'From the incoming item',
			description: 'The ID of the payment at the payment provider',
		},
	],
	async execute(run) {
		const paymentId = parameterOrItem(run, 'paymentId');
		if (paymentId === '') {
			throw new UserError('Which payment?', {
				description: 'Enter its ID in "Payment ID", or feed an item that has a paymentId.',
			});
		}
		const payment = await run.gateway.payments.get(paymentId, run.context);
		return payment === null ? [] : [payment];
	},
};
