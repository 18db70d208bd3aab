/** Subscribing the trigger's address at Kommo when a workflow is published, and taking it back. */
import { createHash, randomBytes } from 'node:crypto';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { seal, unseal } from '../../core/sealed-secret';
import { getAccount } from '../client/account';
import type { KommoApi } from '../client/kommo-api';
import { destinationsAt, findSubscription, subscribe, unsubscribe } from '../client/webhooks';
import { kommoOf, sealingKeyOf } from '../kommo-context';
import { nodeError } from '../node-errors';

/** What the trigger keeps in n8n's static data, which colleagues may read: nothing in it lets anybody write to the address. */
export interface StoredSubscription {
	/**
	 * Part of the address, because Kommo signs nothing; sealed under the credential. Outlives the subscription: addresses
	 * pasted elsewhere stay good.
	 */
	sealedSecret: string | null;
	/** Enough to recognise the secret, without a credential. */
	secretDigest: string | null;
	/** Whose changes are accepted. */
	accountId: string | null;
	/** What was subscribed, without the secret. */
	address: string | null;
}

export function readSubscription(staticData: IDataObject): StoredSubscription {
	const read = (key: string) => {
		const value = staticData[key];
		return typeof value === 'string' && value !== '' ? value : null;
	};
	return {
		sealedSecret: read('sealedSecret'),
		secretDigest: read('secretDigest'),
		accountId: read('accountId'),
		address: read('address'),
	};
}

/** Safe to tell: 256 random bits can't be guessed from it. */
export function digestOf(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}

/** Whether the subscription is there and active; changed events and a switched-off webhook are repaired on the way. */
export async function checkExists(this: IHookFunctions): Promise<boolean> {
	const { sealedSecret, accountId, address } = readSubscription(this.getWorkflowStaticData('node'));
	if (sealedSecret === null || accountId === null || address === null) return false;
	// The public address of n8n may have changed: create() moves the subscription.
	if (address !== addressOf(this)) return false;
	return await withKommo(this, async (api, sealingKey) => {
		const secret = unseal(sealedSecret, sealingKey);
		// Sealed under a former token: create() makes a new secret.
		if (secret === null) return false;
		const destination = withSecret(address, secret);
		const found = await findSubscription(api, destination);
		if (found === null) return false;
		const events = eventsOf(this);
		if (found.disabled || !sameSet(found.settings, events)) {
			await renew(api, destination, events);
		}
		return true;
	});
}

export async function create(this: IHookFunctions): Promise<boolean> {
	const staticData = this.getWorkflowStaticData('node');
	const stored = readSubscription(staticData);
	const address = addressOf(this);
	await withKommo(this, async (api, sealingKey) => {
		const account = await getAccount(api);
		const kept = stored.sealedSecret === null ? null : unseal(stored.sealedSecret, sealingKey);
		const secret = kept ?? randomBytes(32).toString('hex');
		const destination = withSecret(address, secret);
		for (const old of await destinationsAt(api, stored.address ?? address)) {
			if (old !== destination) await unsubscribe(api, old);
		}
		await renew(api, destination, eventsOf(this));
		Object.assign(staticData, {
			sealedSecret: seal(secret, sealingKey),
			secretDigest: digestOf(secret),
			accountId: String(account.id),
			address,
		});
	});
	return true;
}

export async function deleteSubscription(this: IHookFunctions): Promise<boolean> {
	const staticData = this.getWorkflowStaticData('node');
	const { address } = readSubscription(staticData);
	if (address === null) return true;
	await withKommo(this, async (api) => {
		for (const destination of await destinationsAt(api, address)) {
			await unsubscribe(api, destination);
		}
	});
	delete staticData.address;
	delete staticData.accountId;
	return true;
}

/** A subscription that Kommo has switched off does not always come back by being repeated. */
async function renew(api: KommoApi, destination: string, events: string[]): Promise<void> {
	const { disabled } = await subscribe(api, destination, events);
	if (!disabled) return;
	await unsubscribe(api, destination);
	await subscribe(api, destination, events);
}

async function withKommo<Result>(
	context: IHookFunctions,
	work: (api: KommoApi, sealingKey: string) => Promise<Result>,
): Promise<Result> {
	try {
		const { api } = await kommoOf(context);
		return await work(api, await sealingKeyOf(context));
	} catch (error) {
		throw nodeError(context.getNode(), error);
	}
}

function addressOf(context: IHookFunctions): string {
	return new URL(context.getNodeWebhookUrl('default') ?? '').href;
}

function withSecret(address: string, secret: string): string {
	return `${address}?key=${secret}`;
}

function eventsOf(context: IHookFunctions): string[] {
	return [...new Set(context.getNodeParameter('events', []) as string[])];
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((entry) => b.includes(entry));
}
