import type { GatewayId } from '../../nodes/core/payment-event';
import type { CredentialData } from '../n8n-host/n8n-records';
import type { Deliveries } from '../simulators/http/deliveries';
import type { Faults } from '../simulators/http/faults';
import type { RequestLog } from '../simulators/http/request-log';

/** A simulated payment provider as the demo and the end-to-end tests use it, whichever it is. */
export interface WorldGateway {
	readonly id: GatewayId;
	readonly name: string;
	/** The template that wires it to Kommo, in workflows/. */
	readonly templateFile: string;
	readonly credential: CredentialData;
	/** The provider's dashboard page. */
	readonly url: string;
	readonly log: RequestLog;
	readonly faults: Faults;
	readonly deliveries: Deliveries;
	/**
	 * What the merchant does in the dashboard once the workflow is active, for providers whose webhooks can't be
	 * registered by API.
	 */
	connect?(webhookUrl: string): Promise<void>;
	/** What a client does on the payment page. */
	pay(linkUrl: string): Promise<void>;
	decline(linkUrl: string): Promise<void>;
	/**
	 * What the merchant does in the dashboard: refunds what was paid by this link.
	 * @param amount major units; everything when left out
	 */
	refund(linkUrl: string, amount?: number): Promise<void>;
	/** What the provider's own books say of a lead. */
	booksOf(leadId: number): GatewayBooks;
	/** Sends the webhooks that told of this link's payment once more, with the same event ids. */
	resendPayment(linkUrl: string): Promise<void>;
	/** What only the merchant, n8n and the provider may know: keys and signing secrets, those of today and of the past. */
	secrets(): string[];
	/** Where the provider sends its webhooks now. */
	webhookUrl(): string;
	/** Deliveries that must be refused, each made from a genuine one. */
	hostileDeliveries(): HostileDelivery[];
	close(): Promise<void>;
}

export interface GatewayBooks {
	/** Addresses by which a client could still pay. */
	openLinks: string[];
	payments: BookedPayment[];
	/** How many attempts the bank refused. */
	declined: number;
}

/** A payment that came through. Amounts are in hundredths. */
export interface BookedPayment {
	id: string;
	amount: number;
	/** One for each refund. */
	refunds: number[];
}

export interface HostileDelivery {
	/** What is wrong with it. */
	name: string;
	headers: Record<string, string>;
	body: Buffer;
}
