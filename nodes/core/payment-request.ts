/** What Get Payment Request emits: everything a gateway needs to make a link for a lead. */
export interface PaymentRequest {
	leadId: number;
	leadName: string;
	contactId: number | null;
	responsibleUserId: number | null;
	/** Decimal in major units, '' when the lead has none. */
	amount: string;
	/** Integer in the currency's ISO 4217 minor unit, 0 when the lead has none. */
	amountMinor: number;
	currency: string;
	description: string;
	customer: { name: string | null; email: string | null; phone: string | null };
	/** Address of the link the lead already carries. */
	existingLink: string | null;
	/** The provider's id of that link, as saved with it. */
	existingLinkId: string | null;
	ready: boolean;
	/** Why it is not ready, in sentences for the lead's manager. */
	problems: string[];
}
