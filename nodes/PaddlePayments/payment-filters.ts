import type { INodeProperties } from 'n8n-workflow';

/** Paddle's own filters for Get Many Payments. */
export const paymentFilters: INodeProperties[] = [
	{
		displayName: 'Only Undelivered',
		name: 'undeliveredOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to list only events that a webhook of your account did not accept',
	},
];
