import type { GatewayId } from './payment-event';

/** What Create, Get and Deactivate Payment Link emit. */
export interface PaymentLink {
	gateway: GatewayId;
	leadId: number | null;
	/** The provider's id of the link. */
	linkId: string;
	url: string;
	reference: string | null;
	/** Decimal in major units. */
	amount: string;
	/** Integer in the currency's ISO 4217 minor unit. */
	amountMinor: number;
	currency: string;
	status: 'active' | 'paid' | 'inactive' | 'expired';
	/** ISO 8601 UTC, null when the link does not expire. */
	expiresAt: string | null;
	live: boolean;
	/** True when an earlier link for the same deal was handed back instead of making a second one. */
	reused: boolean;
	raw: object;
}
