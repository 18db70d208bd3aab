import type { GatewayOperation } from '../gateway-operation';
import { linkIdOf, linkIdProperty, linkUrlOf } from './link-id';

export const getPaymentLink: GatewayOperation = {
	resource: 'paymentLink',
	value: 'get',
	name: 'Get',
	action: 'Get payment link',
	description: 'Look up a payment link: is it open, paid or closed?',
	properties: (_gateway, options) => [linkIdProperty, ...options],
	async execute(run) {
		const { paymentLinks } = run.gateway;
		return [await paymentLinks.get(linkIdOf(run), run.context, linkUrlOf(run))];
	},
};
