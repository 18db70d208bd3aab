import type { Account } from './entities';
import type { EventSender } from './event-sender';
import type { KommoStore } from './store';
import type { KommoSwitches } from './switches';

/** What every route and change works on. */
export interface Context {
	/** The account's own address, without a trailing slash. */
	url: string;
	account: Account;
	store: KommoStore;
	switches: KommoSwitches;
	events: EventSender;
	/** Milliseconds of the account's clock. */
	now: () => number;
	/** Unix seconds of the account's clock. */
	seconds: () => number;
}

/** Who makes a change. */
export interface Actor {
	createdBy: number;
	/** 0 for an integration: this is how an echo of an API write is told from a person's change. */
	modifiedBy: number;
}

export const integration = (ctx: Context): Actor => ({
	createdBy: ctx.account.current_user_id,
	modifiedBy: 0,
});

export const person = (userId: number): Actor => ({ createdBy: userId, modifiedBy: userId });
