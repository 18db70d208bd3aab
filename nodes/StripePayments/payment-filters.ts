import type { INodeProperties } from 'n8n-workflow';

/** Stripe's own filters for Get Many Payments. */
export const paymentFilters: INodeProperties[] = [
	{
		displayName: 'Include Payments Made Without a Link',
		name: 'includePaymentIntents',
		type: 'boolean',
		default: false,
		description:
			'Whether to list payments that came in without Stripe Checkout as well, for example through your own form',
	},
	{
		displayName: 'Include Payments Without a Lead',
		name: 'withoutLead',
		type: 'boolean',
		default: false,
		description:
			'Whether to list payments that name no Kommo lead as well, for example those of your web shop',
	},
	{
		displayName: 'Only Undelivered',
		name: 'undeliveredOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to list only events that a webhook endpoint of your account did not accept',
	},
];
