/** What the tests of the nodes that all gateways share must know of a provider. */
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { seal } from '../../../nodes/core/sealed-secret';
import type { Gateway } from '../../../nodes/gateways/gateway';
import type { Faults } from '../../simulators/http/faults';
import type { RequestLog } from '../../simulators/http/request-log';

export interface GatewayBench {
	gateway: Gateway;
	trigger: INodeType;
	action: INodeType;
	credentialType: ICredentialType;
	/** Whether the signature covers the body; else it is a shared secret that is sent along. */
	signsBody: boolean;
	/** Starts the provider on a loopback address. */
	start(): Promise<SimulatedProvider>;
}

/** An event as the provider sends it. */
export interface ProviderEvent {
	id: string;
	body: Buffer;
	/** What the provider says when asked, for those whose deliveries are not believed; their events carry that. */
	verified?: object;
}

export interface ProviderWebhook {
	id: string;
	url: string;
	/** What deliveries to it are signed with. */
	secret: string;
}

export interface SimulatedProvider {
	url: string;
	log: RequestLog;
	faults: Faults;
	/** The node's credential, without signing secrets. */
	credential: IDataObject;
	/** A payment for the lead; with null one that has nothing to do with Kommo. */
	payment(leadId: number | null): Promise<ProviderEvent>;
	/** Another event, with an id of its own, that tells of the same payment. */
	twinOf(event: ProviderEvent): Promise<ProviderEvent>;
	/** An event that can't be understood without asking the provider; null where there is none. */
	eventThatNeedsLookUp: ((leadId: number) => Promise<ProviderEvent>) | null;
	/** A genuine event that is of no interest to us. */
	uninterestingEvent(): Promise<ProviderEvent>;
	/** @param atMs the time in the signature, where it has one */
	sign(body: Buffer, secret: string, atMs: number): Record<string, string>;
	/** What is registered, oldest first. */
	webhooks(): ProviderWebhook[];
	/** Somebody deletes a webhook in the dashboard. */
	removeWebhook(id: string): void;
	/** The links that can be paid now. */
	openLinks(): number;
	/** The client pays. */
	pay(linkUrl: string): Promise<void>;
	close(): Promise<void>;
}

/** What static data holds of a trigger that has registered itself. */
export function storedRegistration(
	{ apiKeyField }: Gateway,
	credential: IDataObject,
	{ secret, webhookId = 'webhook 1' }: { secret: string; webhookId?: string },
): IDataObject {
	const sealedSecret = seal(secret, String(credential[apiKeyField]));
	return { webhookId, sealedSecret, live: false };
}
