import { UserError, type IDataObject, type INodeExecutionData } from 'n8n-workflow';
import { isPaymentEvent, type PaymentEvent } from '../../../core/payment-event';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../../core/payment-status';
import { ApiError } from '../../../http/http';
import { chooseOne } from '../../descriptions/choices';
import { failedItem, outputItem } from '../../items/each-item';
import type { KommoOperation, OperationRun } from '../../operation';
import { applyPaymentEvents, type ApplyResult } from '../../payments/apply-payment-events';
import type { ApplySettings } from '../../payments/apply-step';
import { parseStage } from '../../stage';
import { fieldMappingProperty, paymentFieldsOf } from './field-mapping';
import { requireFields } from './require-fields';

/** Leads are read in lists of up to 250. */
const CHUNK_SIZE = 250;

const SERVICE_NAMES: ApplySettings['serviceNames'] = {
	stripe: 'Stripe',
	checkoutCom: 'Checkout.com',
	paddle: 'Paddle',
	flutterwave: 'Flutterwave',
};

export const apply: KommoOperation = {
	value: 'apply',
	name: 'Apply Event',
	action: 'Apply payment event',
	description:
		'Write a payment event to its lead: status, amounts, date, ID and a note, exactly once',
	outputs: ['Done', 'Needs a Person'],
	properties: [
		{
			displayName: 'Move Lead',
			name: 'moves',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add move',
			default: {},
			description: 'To which stage a lead goes when its payment status changes',
			options: [
				{
					displayName: 'Move',
					name: 'move',
					values: [
						{
							displayName: 'When Status Becomes',
							name: 'status',
							type: 'options',
							options: [...PAYMENT_STATUSES]
								.sort()
								.map((status) => ({ name: status, value: status })),
							default: 'Paid',
						},
						chooseOne('Move to Stage', 'stage', 'getStages'),
					],
				},
			],
		},
		{
			displayName: 'Options',
			name: 'applyOptions',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Accept Partial Payments',
					name: 'acceptPartialPayments',
					type: 'boolean',
					default: false,
					description:
						'Whether less than the amount due counts as a part of it. Otherwise it goes to a person for review.',
				},
				{
					displayName: 'Apply Simulated Events',
					name: 'applySimulated',
					type: 'boolean',
					default: false,
					description: 'Whether test events sent from a provider dashboard touch leads',
				},
				{
					displayName: 'Find Lead by Email',
					name: 'findByEmail',
					type: 'boolean',
					default: true,
					description:
						"Whether a payment that names no lead goes to the one lead of the client's e-mail address that waits for a payment, or is open",
				},
				chooseOne('Renewal Stage', 'renewalStage', 'getStages', {
					description:
						'Gives each renewal a lead of its own: every later payment of a subscription opens one in this stage, for the same contact and user; its refunds and disputes go there too. Without this option it is added to the lead that the subscription was sold on',
				}),
				{
					displayName: 'Hours Until Review Task Is Due',
					name: 'reviewTaskHours',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 24,
					description:
						'A payment that differs from what was asked for gets a task for the responsible user. 0 creates none.',
				},
				{
					displayName: 'Several Workers',
					name: 'severalWorkers',
					type: 'boolean',
					default: false,
					description:
						'Whether n8n runs in queue mode with more than one worker. Each lead is then looked at again a second or two after it was written, and written again if another worker has written over it.',
				},
			],
		},
		fieldMappingProperty,
	],
	async execute(run) {
		const settings = await applySettings(run);
		const results: ItemResult[] = [];
		const events = readEvents(run, results);
		for (let start = 0; start < events.length; start += CHUNK_SIZE) {
			results.push(...(await applyChunk(run, events.slice(start, start + CHUNK_SIZE), settings)));
		}
		const items = results.sort((a, b) => a.itemIndex - b.itemIndex).map(({ item }) => item);
		return [items.filter((item) => !needsPerson(item)), items.filter(needsPerson)];
	},
};

interface ItemResult {
	itemIndex: number;
	item: INodeExecutionData;
}

interface IndexedEvent {
	itemIndex: number;
	event: PaymentEvent;
}

/**
 * In the order in which they happened: the notes that the first batch looks through are then those of all.
 * Items that are no events fail one by one; what Kommo says later concerns all events alike.
 */
function readEvents(run: OperationRun, failed: ItemResult[]): IndexedEvent[] {
	const events = run.items.flatMap(({ json }, itemIndex) => {
		if (isPaymentEvent(json)) return [{ itemIndex, event: json }];
		const error = new UserError('The incoming item is not a payment event', {
			description:
				'Put this node behind a payments trigger, or behind "Payment: Get" or "Payment: Get Many" of a payment provider.',
		});
		failed.push({ itemIndex, item: failedItem(run.context, error, itemIndex) });
		return [];
	});
	return events.sort((a, b) => Date.parse(a.event.occurredAt) - Date.parse(b.event.occurredAt));
}

async function applyChunk(
	run: OperationRun,
	chunk: readonly IndexedEvent[],
	settings: ApplySettings,
): Promise<ItemResult[]> {
	const { api, accountKey } = run.kommo;
	const events = chunk.map(({ event }) => event);
	try {
		const results = await applyPaymentEvents(api, accountKey, events, settings, Date.now());
		return chunk.flatMap(({ itemIndex }, index) => {
			const result = results[index];
			return result ? [{ itemIndex, item: asItem(result, itemIndex) }] : [];
		});
	} catch (error) {
		run.kommo.forgetFields();
		return await afterFailure(run, chunk, settings, error);
	}
}

/** One lead that Kommo refuses must not hold up the others: halves are tried until it is alone. */
async function afterFailure(
	run: OperationRun,
	chunk: readonly IndexedEvent[],
	settings: ApplySettings,
	error: unknown,
): Promise<ItemResult[]> {
	const leadIds = [...new Set(chunk.map(({ event }) => event.leadId))];
	const isRefusal = error instanceof ApiError && error.details.status === 400;
	if (!isRefusal || leadIds.length === 1 || !run.context.continueOnFail()) {
		return chunk.map(({ itemIndex }) => ({
			itemIndex,
			item: failedItem(run.context, error, itemIndex),
		}));
	}
	const firstHalf = new Set(leadIds.slice(0, Math.ceil(leadIds.length / 2)));
	const isInFirstHalf = ({ event }: IndexedEvent) => firstHalf.has(event.leadId);
	return [
		...(await applyChunk(run, chunk.filter(isInFirstHalf), settings)),
		...(await applyChunk(
			run,
			chunk.filter((indexed) => !isInFirstHalf(indexed)),
			settings,
		)),
	];
}

async function applySettings({ context, kommo }: OperationRun): Promise<ApplySettings> {
	const fields = await paymentFieldsOf(context, kommo);
	requireFields(fields, ['status']);
	const account = await kommo.account();
	const options = context.getNodeParameter('applyOptions', 0, {}) as {
		acceptPartialPayments?: boolean;
		applySimulated?: boolean;
		findByEmail?: boolean;
		renewalStage?: string;
		reviewTaskHours?: number;
		severalWorkers?: boolean;
	};
	const { reviewTaskHours = 24 } = options;
	return {
		fields,
		defaultCurrency: account.currency,
		acceptPartialPayments: options.acceptPartialPayments ?? false,
		applySimulated: options.applySimulated ?? false,
		findByEmail: options.findByEmail ?? true,
		renewalStage: options.renewalStage ? parseStage(options.renewalStage) : null,
		reviewTaskHours: reviewTaskHours > 0 ? reviewTaskHours : null,
		severalWorkers: options.severalWorkers ?? false,
		stages: stagesOf(context.getNodeParameter('moves.move', 0, []) as ChosenMove[]),
		serviceNames: SERVICE_NAMES,
	};
}

interface ChosenMove {
	status: PaymentStatus;
	stage: string;
}

function stagesOf(moves: readonly ChosenMove[]): ApplySettings['stages'] {
	const chosen = moves.filter(({ stage }) => stage !== '');
	return Object.fromEntries(chosen.map(({ status, stage }) => [status, parseStage(stage)]));
}

function asItem(result: ApplyResult, itemIndex: number): INodeExecutionData {
	return outputItem(result as unknown as IDataObject, itemIndex);
}

function needsPerson({ json }: INodeExecutionData): boolean {
	return json.outcome === 'review' || json.outcome === 'unmatched';
}
