import type { IDataObject } from 'n8n-workflow';
import { KommoTrigger } from '../../../nodes/Kommo/KommoTrigger.node';
import { DEFAULTS } from '../../simulators/kommo';
import { startReceiver, type WebhookReceiver } from '../../simulators/kommo/webhook-receiver';
import {
	callHook,
	callWebhook,
	errorOf,
	outputsOf,
	processedData,
	runWorkflow,
	type HookMethod,
	type WebhookCall,
} from '../harness';
import { startKommoAccount, type KommoAccount } from './kommo-account';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The Kommo Trigger in a workflow, a simulated account, and the address to which Kommo delivers. */
export class TriggerUnderTest {
	readonly type = new KommoTrigger();
	staticData: IDataObject = {};
	parameters: IDataObject = {};

	private constructor(
		readonly account: KommoAccount,
		readonly receiver: WebhookReceiver,
	) {}

	static async start(): Promise<TriggerUnderTest> {
		return new TriggerUnderTest(await startKommoAccount(), await startReceiver());
	}

	get kommo(): KommoAccount['kommo'] {
		return this.account.kommo;
	}

	/** As if nothing had happened, with a trigger that waits for stage changes. */
	async reset(): Promise<void> {
		await this.kommo.settled();
		this.kommo.store.webhooks.clear();
		this.kommo.log.clear();
		this.kommo.faults.clear();
		this.receiver.received.length = 0;
		processedData.reset();
		this.staticData = {};
		this.parameters = { events: ['status_lead'] };
	}

	/** The secret in the subscribed address; Kommo alone has it in the clear. */
	get key(): string {
		const addresses = [...this.kommo.store.webhooks.keys()];
		const ours =
			addresses.find((address) => address.startsWith(this.receiver.url)) ?? this.receiver.url;
		return new URL(ours).searchParams.get('key') ?? '';
	}

	async close(): Promise<void> {
		await this.kommo.close();
		await this.receiver.close();
	}

	async hook(method: HookMethod, settings: { webhookUrl?: string } = {}): Promise<boolean> {
		const { result } = await callHook(this.type, method, this.parameters, {
			...this.account.credentials,
			staticData: this.staticData,
			webhookUrl: this.receiver.url,
			...settings,
		});
		return result;
	}

	/** Delivers a body to the subscribed address, or to one with another key (null: without). */
	async receive(
		rawBody: string,
		{ key = this.key, ...settings }: IDataObject = {},
	): Promise<WebhookCall> {
		return await callWebhook(
			this.type,
			this.parameters,
			{ rawBody, headers: FORM, query: key === null ? {} : { key: String(key) } },
			{ ...this.account.credentials, staticData: this.staticData, ...settings },
		);
	}

	/** What the execution that a delivery started emits. */
	async execute(
		items: WebhookCall['items'],
		settings: { executionId?: string; mode?: 'manual' | 'retry' } = {},
	): Promise<IDataObject[]> {
		const run = await runWorkflow({
			nodes: [{ type: this.type, name: 'Trigger', parameters: this.parameters }],
			...this.account.credentials,
			input: items?.[0] ?? [],
			mode: 'webhook',
			...settings,
		});
		const error = errorOf(run);
		if (error) throw error;
		return (outputsOf(run, 'Trigger')[0] ?? []).map(({ json }) => json);
	}

	/** What Kommo sends when a person moves a lead. */
	async bodyOfMove(): Promise<string> {
		const lead = this.kommo.createLead({ name: 'Order', price: 100 });
		await this.kommo.settled();
		this.receiver.received.length = 0;
		this.kommo.moveLead(lead.id, DEFAULTS.sales.invoiceSent);
		await this.kommo.settled();
		return this.receiver.received[0]?.body ?? '';
	}
}
