import type { INodeProperties } from 'n8n-workflow';

/** Stripe's own choices for Create Payment Link. */
export const linkOptions: INodeProperties[] = [
	{
		displayName: 'Allow Promotion Codes',
		name: 'allowPromotionCodes',
		type: 'boolean',
		default: false,
		description: 'Whether the client may enter a promotion code',
	},
	{
		displayName: 'Automatic Tax',
		name: 'automaticTax',
		type: 'boolean',
		default: false,
		description: 'Whether Stripe Tax computes the tax; it must be set up in your account',
	},
	{
		displayName: 'Collect Phone Number',
		name: 'collectPhone',
		type: 'boolean',
		default: false,
		description: 'Whether the payment page asks for a phone number',
	},
	{
		displayName: 'Message on a Closed Link',
		name: 'inactiveMessage',
		type: 'string',
		default: '',
		description: 'What the client reads who opens the link after it was paid or deactivated',
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
		description: 'How often the amount is charged; anything but Never makes a subscription',
	},
	{
		displayName: 'Return URL',
		name: 'returnUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/thank-you',
		description: 'Where the client is sent after paying; empty shows a page of Stripe',
	},
];
