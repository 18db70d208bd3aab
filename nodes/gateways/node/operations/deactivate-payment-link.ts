import { UserError } from 'n8n-workflow';
import type { GatewayOperation } from '../gateway-operation';
import { linkIdOf, linkIdProperty, linkUrlOf } from './link-id';

export const deactivatePaymentLink: GatewayOperation = {
	resource: 'paymentLink',
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate payment link',
	description: 'Close a payment link so that nobody can pay it any more',
	isSupportedBy: (gateway) => gateway.paymentLinks.deactivate !== undefined,
	properties: (_gateway, options) => [linkIdProperty, ...options],
	async execute(run) {
		const { deactivate } = run.gateway.paymentLinks;
		if (!deactivate) {
			throw new UserError(`${run.gateway.displayName} links can't be deactivated`, {
				description:
					'They close when they expire: give them a shorter lifetime when you create them.',
			});
		}
		return [await deactivate(linkIdOf(run), run.context, linkUrlOf(run))];
	},
};
