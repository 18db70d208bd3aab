/** What a test or a person may switch while the simulator runs. */
export interface Settings {
	/** Permissions of the API key; null = all. A missing one answers 403 `forbidden`. */
	permissions: Set<string> | null;
	/** Requests per minute from one address before 429 for a minute; null = no limit. */
	requestsPerMinute: number | null;
	/** The default payment link; null answers `transaction_default_checkout_url_not_set`. */
	defaultCheckoutUrl: string | null;
	/** Docs: an explicit `checkout.url` does not help when the default is unset; authors report it does. */
	explicitUrlBypassesDefault: boolean;
	/** Hosts that may stand in a checkout URL; null = every host, as in a sandbox. */
	approvedDomains: string[] | null;
	/** Tax as a decimal fraction, '0.2' for 20 %. */
	taxRate: string;
	/** What `tax_mode: account_setting` means: tax added to a price, or contained in it. */
	taxMode: 'external' | 'internal';
	/** Keeps transactions at `paid` until `complete` is called. */
	holdCompletion: boolean;
	/** Refunds are approved at once, as small ones may be; otherwise they wait for approve or reject. */
	approveRefundsAtOnce: boolean;
	/** What `notification_setting_cannot_be_duplicate` compares: reports say the URL, the docs URL and events. */
	duplicateDestination: 'url' | 'urlAndEvents';
	/** Destinations must be https on a public host, as at the real Paddle. */
	publicDestinationsOnly: boolean;
	/** Sandbox: 3 retries in 15 minutes. Live: 60 in 3 days. */
	retries: 'sandbox' | 'live';
	/** Seconds added to the time in signatures, to play a sender or receiver with a wrong clock. */
	signatureSkew: number;
	/** Whether the old secret's h1 comes before or after the new one's while a rotation overlaps. */
	oldSignaturePosition: 'first' | 'last';
}

export function defaultSettings(environment: Environment, url: string): Settings {
	return {
		permissions: null,
		requestsPerMinute: 240,
		defaultCheckoutUrl: `${url}/pay`,
		explicitUrlBypassesDefault: false,
		approvedDomains: null,
		taxRate: '0',
		taxMode: 'external',
		holdCompletion: false,
		approveRefundsAtOnce: false,
		duplicateDestination: 'url',
		publicDestinationsOnly: false,
		retries: environment === 'production' ? 'live' : 'sandbox',
		signatureSkew: 0,
		oldSignaturePosition: 'last',
	};
}

export type Environment = 'sandbox' | 'production';
