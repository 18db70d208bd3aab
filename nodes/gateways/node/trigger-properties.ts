import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { PaymentEventType } from '../../core/payment-event';
import { SEVERAL_WORKERS } from '../../dedupe/several-workers';
import type { Gateway } from '../gateway';

/** In the order of the editor's list: alphabetical by name, as n8n's guidelines want it. */
export const EVENT_OPTIONS: ReadonlyArray<INodePropertyOptions & { value: PaymentEventType }> = [
	{
		name: 'Dispute Closed',
		value: 'payment.dispute_closed',
		description: 'A dispute was won or lost',
	},
	{
		name: 'Payment Disputed',
		value: 'payment.disputed',
		description: 'The client asked their bank for the money back',
	},
	{
		name: 'Payment Failed',
		value: 'payment.failed',
		description: 'An attempt to pay was declined, canceled or expired',
	},
	{
		name: 'Payment Pending',
		value: 'payment.pending',
		description: 'The client paid by a method that takes days to confirm',
	},
	{
		name: 'Payment Refunded',
		value: 'payment.refunded',
		description: 'Money was returned, in full or in part',
	},
	{
		name: 'Payment Succeeded',
		value: 'payment.succeeded',
		description: 'Money arrived: exactly one event for each payment',
	},
	{
		name: 'Subscription Activated',
		value: 'subscription.activated',
		description: 'A subscription or its trial began',
	},
	{
		name: 'Subscription Canceled',
		value: 'subscription.canceled',
		description: 'A subscription has ended',
	},
	{
		name: 'Subscription Past Due',
		value: 'subscription.past_due',
		description: 'A renewal could not be charged',
	},
	{
		name: 'Subscription Updated',
		value: 'subscription.updated',
		description: 'Plan, dates or a planned cancellation changed',
	},
];

export interface TriggerPropertyChoices {
	/** Provider-specific options, shown in the Options collection. */
	options?: INodeProperties[];
	/** What the user does in the provider's dashboard when registering by hand, once the URL is copied. */
	manualSteps: readonly string[];
	/** What the provider can tell of; everything when left out. */
	events?: readonly PaymentEventType[];
	/** Whether payments without a Kommo lead are emitted unless the user says otherwise. */
	emitWithoutLead?: boolean;
}

const EVENTS: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [],
	default: [],
	required: true,
	description: 'Which events start the workflow',
};
const WITHOUT_LEAD: INodeProperties = {
	displayName: 'Include Payments Without a Lead',
	name: 'withoutLead',
	type: 'boolean',
	default: false,
	description:
		'Whether to emit payments that name no Kommo lead, for example those of a web shop on the same account',
};
const COPY_THE_URL =
	'Open "Webhook URLs" at the top of this panel, choose "Production URL" and click the address: it is copied.';

/** For `ndvHideUrl`: there is nothing to copy where the webhook is made by itself. */
export const MADE_BY_ITSELF = '={{ $parameter["registration"] === "automatic" }}';

/** The parameters of every gateway trigger. */
export function triggerProperties(
	gateway: Gateway,
	{ options = [], manualSteps, events, emitWithoutLead = false }: TriggerPropertyChoices,
): INodeProperties[] {
	const manualOnly = gateway.registration === null;
	const eventOptions = EVENT_OPTIONS.filter(({ value }) => events?.includes(value) ?? true);
	const whenManual = manualOnly ? {} : { displayOptions: { show: { registration: ['manual'] } } };
	return [
		{ ...EVENTS, options: eventOptions, default: eventOptions.map(({ value }) => value) },
		...(manualOnly ? [] : [registrationProperty(gateway)]),
		{
			displayName: list([COPY_THE_URL, ...manualSteps, 'Publish the workflow.']),
			name: 'manualSteps',
			type: 'notice',
			default: '',
			...whenManual,
		},
		...(gateway.webhook.defaultToleranceSeconds === null
			? []
			: [toleranceProperty(gateway.webhook.defaultToleranceSeconds)]),
		{ ...WITHOUT_LEAD, default: emitWithoutLead },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [...options, SEVERAL_WORKERS],
		},
	];
}

/** Of all of HTML, notices show only links and these lists. */
function list(steps: readonly string[]): string {
	return `<ul>${steps.map((step) => `<li>${step}</li>`).join('')}</ul>`;
}

function registrationProperty(gateway: Gateway): INodeProperties {
	return {
		displayName: 'Webhook Registration',
		name: 'registration',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: `The webhook at ${gateway.displayName} is made when you publish the workflow and removed when you unpublish it`,
			},
			{
				name: 'Manual',
				value: 'manual',
				description: `You create the webhook in the ${gateway.displayName} dashboard and put its secret into the credential`,
			},
		],
		default: 'automatic',
		description: 'Who sets up the webhook',
	};
}

function toleranceProperty(defaultSeconds: number): INodeProperties {
	return {
		displayName: 'Tolerance (Seconds)',
		name: 'tolerance',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: defaultSeconds,
		description:
			'How far the time in the signature may be from the clock of this server, in both directions. 0 switches the check off.',
	};
}
