import type { INodeProperties } from 'n8n-workflow';

/** Paddle's own choices for Create Payment Link. */
export const linkOptions: INodeProperties[] = [
	{
		displayName: 'Catalog Price Names or IDs',
		name: 'priceIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getPrices' },
		default: [],
		description:
			'Sells these prices of your Paddle catalog instead of the deal\'s own amount. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Checkout URL',
		name: 'checkoutUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/pay',
		description:
			'The page that opens the checkout: one of your approved website with Paddle.js on it, or a hosted checkout (https://pay.paddle.io/hsc_…). Empty takes the default payment link of your account.',
	},
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'How many of each catalog price',
	},
	{
		displayName: 'Repeats',
		name: 'interval',
		type: 'options',
		options: [
			{ name: 'Every Day', value: 'day' },
			{ name: 'Every Month', value: 'month' },
			{ name: 'Every Week', value: 'week' },
			{ name: 'Every Year', value: 'year' },
			{ name: 'Never (One Payment)', value: '' },
		],
		default: '',
		description:
			'How often the amount is charged; anything but Never makes a subscription. Catalog prices bring their own interval.',
	},
	{
		displayName: 'Tax',
		name: 'taxMode',
		type: 'options',
		options: [
			{
				name: 'Added to the Amount',
				value: 'external',
				description: 'The client pays more than the deal says, so the payment goes to review',
			},
			{ name: 'As Set in Your Paddle Account', value: 'account_setting' },
			{
				name: 'Contained in the Amount',
				value: 'internal',
				description: 'The client pays exactly what the deal says',
			},
		],
		default: 'internal',
		description: 'How Paddle reckons sales tax; catalog prices bring their own setting',
	},
	{
		displayName: 'Tax Category',
		name: 'taxCategory',
		type: 'options',
		options: [
			{ name: 'Digital Goods', value: 'digital-goods' },
			{ name: 'Ebooks', value: 'ebooks' },
			{ name: 'Implementation Services', value: 'implementation-services' },
			{ name: 'Professional Services', value: 'professional-services' },
			{ name: 'SaaS', value: 'saas' },
			{ name: 'Software Programming Services', value: 'software-programming-services' },
			{ name: 'Standard Digital Goods', value: 'standard' },
			{ name: 'Training Services', value: 'training-services' },
			{ name: 'Website Hosting', value: 'website-hosting' },
		],
		default: 'standard',
		description:
			'What kind of thing is sold. All but Standard must be approved for your Paddle account first. Catalog prices bring their own.',
	},
];
