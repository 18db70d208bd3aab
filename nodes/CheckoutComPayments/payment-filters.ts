import type { INodeProperties } from 'n8n-workflow';

/** Checkout.com's own filters for Get Many Payments. */
export const paymentFilters: INodeProperties[] = [
	{
		displayName: 'Payment, Link or Reference',
		name: 'payment',
		type: 'string',
		default: '',
		placeholder: 'pay_…, pl_… or a reference',
		description:
			'Instead of a lead: the ID of a payment, the ID or address of a payment link, or the exact reference. Checkout.com has no list of all payments.',
	},
];
