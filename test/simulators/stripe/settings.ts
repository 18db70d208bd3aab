import { NEWEST_VERSION } from './api/versions';

/** What a test or a person may switch while the simulator runs. */
export interface Settings {
	/** The account's default version: used without a `Stripe-Version` header and by `/v1/events`. */
	apiVersion: string;
	/** How far search is behind, in ms of the simulator's clock. Stripe: usually under a minute. */
	searchLagMs: number;
	/**
	 * Whether a page that was open when its link was deactivated can still be paid.
	 * Stripe documents neither; true makes the awkward case (two payments of one link) testable.
	 */
	openPagesSurviveDeactivation: boolean;
	/** Adds the fake `v0` signature that test events carry; receivers must ignore it. */
	signV0: boolean;
	/** Seconds added to the time in signatures, to play a receiver or sender with a wrong clock. */
	signatureSkew: number;
}

export function defaultSettings(): Settings {
	return {
		apiVersion: NEWEST_VERSION,
		searchLagMs: 0,
		openPagesSurviveDeactivation: true,
		signV0: false,
		signatureSkew: 0,
	};
}
