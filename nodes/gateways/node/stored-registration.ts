import type { IDataObject } from 'n8n-workflow';
import { seal } from '../../core/sealed-secret';
import type { WebhookRegistration } from '../gateway';

/** A registration as static data keeps it: the secret is sealed under the credential's API key. */
export interface StoredRegistration extends Omit<WebhookRegistration, 'secret'> {
	sealedSecret: string;
}

/**
 * Static data holds only what activation wrote once. It must not hold anything that webhook() learns:
 * n8n loses such writes (see the README, "How duplicates are kept out").
 */
export function readRegistration(staticData: IDataObject): StoredRegistration | null {
	const { webhookId, sealedSecret, live } = staticData;
	if (typeof webhookId !== 'string' || typeof sealedSecret !== 'string') return null;
	return { webhookId, sealedSecret, live: live === true };
}

export function storeRegistration(
	staticData: IDataObject,
	registration: WebhookRegistration,
	apiKey: string,
): void {
	staticData.webhookId = registration.webhookId;
	staticData.sealedSecret = seal(registration.secret, apiKey);
	staticData.live = registration.live;
}

export function clearRegistration(staticData: IDataObject): void {
	delete staticData.webhookId;
	delete staticData.sealedSecret;
	delete staticData.live;
}
