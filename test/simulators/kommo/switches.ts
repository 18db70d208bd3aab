/** Where sources disagree or accounts differ, a test chooses; the defaults are Kommo's documentation. */
export interface KommoSwitches {
	/** PATCH of one lead or task: the reference shows a list, amoCRM a bare object. */
	singlePatchShape: 'embedded' | 'bare';
	/** POST of one custom field: a list, or the bare object of the http-codes page. */
	singleFieldCreateShape: 'embedded' | 'bare';
	webhookCreateStatus: 200 | 201;
	emptyWebhookList: 200 | 204;
	/** PATCH of a lead, contact or task that does not exist. */
	missingPatch: 400 | 404;
	/** Accounts that take a float as price and show price_with_minor_units. */
	decimalPrices: boolean;
	/** Numeric and monetary field values are read as JSON numbers instead of strings. */
	numbersAsNumbers: boolean;
	/** Whether a loss reason is checked against the stage after the write, or already before it. */
	lossReasonRule: 'after' | 'before';
	/** Whether the account block comes first or last in a webhook body. */
	accountBlock: 'first' | 'last';
	/** Accept event codes that only amoCRM documents (update_task, update_talk, customers). */
	amoEvents: boolean;
	/** More bad answers than this within two hours disable a webhook; null = never. */
	disableAfterBadAnswers: number | null;
	/** A second POST of a disabled webhook enables it again. */
	repostEnables: boolean;
	/** When a spent refresh token dies. */
	refreshRotation: 'onFirstUse' | 'immediate';
	/** The token endpoint insists on redirect_uri, also on refresh. */
	requireRedirectUri: boolean;
	/** Whether the token's user is an administrator; if not, users, webhooks and new fields answer 403. */
	administrator: boolean;
	/** How many 429 answers within ten seconds block the address (403 plain text); null = never. */
	blockAfterRefusals: number | null;
}

export function defaultSwitches(): KommoSwitches {
	return {
		singlePatchShape: 'embedded',
		singleFieldCreateShape: 'embedded',
		webhookCreateStatus: 200,
		emptyWebhookList: 204,
		missingPatch: 400,
		decimalPrices: false,
		numbersAsNumbers: false,
		lossReasonRule: 'after',
		accountBlock: 'first',
		amoEvents: false,
		disableAfterBadAnswers: 100,
		repostEnables: true,
		refreshRotation: 'onFirstUse',
		requireRedirectUri: false,
		administrator: true,
		blockAfterRefusals: 30,
	};
}
