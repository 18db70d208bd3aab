import { DEFAULTS } from '../../simulators/kommo';
import { startReceiver } from '../../simulators/kommo/webhook-receiver';
import { KommoTrigger } from '../../../nodes/Kommo/KommoTrigger.node';
import { digestOf } from '../../../nodes/Kommo/webhook/subscription-methods';
import { startKommoAccount, type KommoAccount } from '../../engine/Kommo/kommo-account';
import { callHook, callWebhook, processedData, runNode } from '../../engine/harness';
import type { IDataObject } from 'n8n-workflow';
import type { Attempt, Door, DoorSettings } from './door';

export interface KommoDoor extends Door {
	readonly account: KommoAccount;
	readonly leadId: number;
}

/** Kommo signs nothing: the key in the trigger's address is what a sender proves itself with. */
export async function openKommoDoor(): Promise<KommoDoor> {
	const type = new KommoTrigger();
	const account = await startKommoAccount();
	const receiver = await startReceiver();
	const { kommo } = account;
	const registered: IDataObject = {};
	const parameters = { events: ['status_lead'] };
	await callHook(type, 'create', parameters, {
		...account.credentials,
		staticData: registered,
		webhookUrl: receiver.url,
	});
	const lead = kommo.createLead({ name: 'Order', price: 100 });
	await kommo.settled();
	kommo.moveLead(lead.id, DEFAULTS.sales.invoiceSent);
	await kommo.settled();
	const body = Buffer.from(receiver.received.at(-1)?.body ?? '');
	// Kommo alone has the secret in the clear.
	const [subscribed = ''] = kommo.store.webhooks.keys();
	const secret = new URL(subscribed).searchParams.get('key') ?? '';
	let executions = 0;
	let workflow = 1;

	const attempt = (rawBody: Buffer, keys: readonly string[]): Attempt => ({
		rawBody,
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		query: keys.map((key) => ['key', key]),
	});
	const parametersOf = (settings: DoorSettings) => ({ ...parameters, ...settings.parameters });

	return {
		trigger: 'kommo',
		account,
		leadId: lead.id,
		secret,
		body,
		bodyWith: (text) => Buffer.concat([body, Buffer.from('&leads[status][0][note]='), text]),
		signed: (signed, options = {}) => attempt(signed, [options.secret ?? secret]),
		proof: (_body, options = {}) => options.secret ?? secret,
		withProofs: (signed, proofs) => attempt(signed, proofs),
		async send({ method, rawBody, headers, query }, settings = {}) {
			const known = settings.secret === undefined ? secret : settings.secret;
			return await callWebhook(
				type,
				parametersOf(settings),
				{ method, rawBody, headers, query },
				{
					...account.credentials,
					staticData: { ...registered, secretDigest: known ? digestOf(known) : known },
					workflowId: settings.workflowId ?? `workflow ${workflow}`,
					response: settings.response,
				},
			);
		},
		async execute({ items }, settings = {}) {
			executions += 1;
			const [output = []] = await runNode(type, parametersOf(settings), items?.[0] ?? [], {
				...account.credentials,
				nodeName: 'Trigger',
				mode: 'webhook',
				executionId: `kommo ${executions}`,
				workflowId: settings.workflowId ?? `workflow ${workflow}`,
			});
			return output;
		},
		reset() {
			processedData.reset();
			workflow += 1;
		},
		async close() {
			await kommo.close();
			await receiver.close();
		},
	};
}
