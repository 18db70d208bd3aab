import type { INodeProperties } from 'n8n-workflow';

/** Flutterwave's own choices for Create Payment Link. */
export const linkOptions: INodeProperties[] = [
	{
		displayName: 'Logo URL',
		name: 'logoUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/logo.png',
		description: 'A picture on the payment page',
	},
	{
		displayName: 'Maximum Attempts',
		name: 'mostAttempts',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 0,
		description: 'Failed attempts after which the page closes; 0 leaves it to Flutterwave',
	},
	{
		displayName: 'Payment Methods',
		name: 'paymentMethods',
		type: 'multiOptions',
		options: [
			{ name: '1Voucher', value: '1voucher' },
			{ name: 'Apple Pay', value: 'applepay' },
			{ name: 'Bank Account', value: 'account' },
			{ name: 'Bank Transfer', value: 'banktransfer' },
			{ name: 'Card', value: 'card' },
			{ name: 'eNaira', value: 'enaira' },
			{ name: 'Google Pay', value: 'googlepay' },
			{ name: 'Internet Banking', value: 'internetbanking' },
			{ name: 'M-Pesa', value: 'mpesa' },
			{ name: 'Mobile Money (Francophone Africa)', value: 'mobilemoneyfranco' },
			{ name: 'Mobile Money (Ghana)', value: 'mobilemoneyghana' },
			{ name: 'Mobile Money (Malawi)', value: 'mobilemoneymalawi' },
			{ name: 'Mobile Money (Rwanda)', value: 'mobilemoneyrwanda' },
			{ name: 'Mobile Money (Tanzania)', value: 'mobilemoneytanzania' },
			{ name: 'Mobile Money (Uganda)', value: 'mobilemoneyuganda' },
			{ name: 'Mobile Money (Zambia)', value: 'mobilemoneyzambia' },
			{ name: 'NQR', value: 'nqr' },
			{ name: 'OPay', value: 'opay' },
			{ name: 'USSD', value: 'ussd' },
		],
		default: [],
		description:
			'Only these; all that the currency has when empty. Flutterwave heeds it only where the payment options in its dashboard leave the choice open.',
	},
	{
		displayName: 'Payment Plan Name or ID',
		name: 'paymentPlan',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPaymentPlans' },
		default: '',
		description:
			'Repeats the payment by this plan, by card; its currency must be that of the deal. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Return URL',
		name: 'returnUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/thank-you',
		description: 'Where the client is sent after paying; empty shows a page of Flutterwave',
	},
	{
		displayName: 'Session Duration (Minutes)',
		name: 'sessionMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1440 },
		default: 0,
		description:
			'How long the client has for paying, at most 1440; 0 leaves it to Flutterwave. A deal that is won again later gets a new link.',
	},
];

/** Flutterwave closes links by their address, not by an ID. */
export const linkUrlOption: INodeProperties = {
	displayName: 'Link URL',
	name: 'linkUrl',
	type: 'string',
	default: '',
	placeholder: 'From the incoming item',
	description: 'The address of the link. Flutterwave knows links by nothing else.',
};
