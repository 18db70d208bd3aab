/** What a test or a person may switch while the simulator runs. Each switch is a thing that is not established. */
export interface Settings {
	/** Whether a second link with a `tx_ref` that was used is made or refused. */
	duplicateTxRef: 'accept' | 'refuse';
	/** HTTP status of "No transaction was found"; all three are reported, so callers must read the body. */
	notFoundStatus: 200 | 400 | 404;
	/** Which of several transactions with one `tx_ref` verify_by_reference finds. */
	byReference: 'newest' | 'oldest' | 'successful';
	/** Minutes a link lives that asks for no `session_duration`; null for ever. The reference page says 30. */
	defaultSessionMinutes: number | null;
	/** Objects whose session controls are read; the guide and the reference page disagree. */
	sessionControls: Array<'configurations' | 'configuration'>;
	/** The preference "dashboard payment options", without which `payment_options` does nothing. */
	paymentOptionsHonoured: boolean;
	/** A paid link can be paid again, as from a second tab that was open before. */
	paidLinksStayOpen: boolean;
	/** `status` of the redirect after success; the documentation says `successful`, some see `completed`. */
	redirectStatus: 'successful' | 'completed';
	/** `tx_ref` of a subscription's later charges. */
	renewalTxRef: 'new' | 'same';
	/** E-mails come back as `ravesb_<hex>_<e-mail>`, as test mode does; never done to a live account. */
	maskTestEmails: boolean;
	/** Whether `subscription.cancelled` carries `data.id`. */
	cancelledSubscriptionHasId: boolean;
	/** Whether a refund's answer carries `updated_at`, as its webhook does. */
	refundsTellChange: boolean;
}

export function defaultSettings(): Settings {
	return {
		duplicateTxRef: 'accept',
		notFoundStatus: 400,
		byReference: 'newest',
		defaultSessionMinutes: null,
		sessionControls: ['configurations', 'configuration'],
		paymentOptionsHonoured: true,
		paidLinksStayOpen: false,
		redirectStatus: 'successful',
		renewalTxRef: 'new',
		maskTestEmails: true,
		cancelledSubscriptionHasId: false,
		refundsTellChange: false,
	};
}
