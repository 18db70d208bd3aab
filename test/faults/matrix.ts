/**
 * The fault matrix: what may go wrong, and what must be true of each trigger then. Every row answers for all five; where a
 * fault can't happen to one of them, the row says why.
 */
export const TRIGGERS = {
	stripe: 'Stripe',
	checkoutCom: 'Checkout.com',
	paddle: 'Paddle',
	flutterwave: 'Flutterwave',
	kommo: 'Kommo',
} as const;

export type TriggerId = keyof typeof TRIGGERS;
export const TRIGGER_IDS = Object.keys(TRIGGERS) as TriggerId[];
export type GatewayTriggerId = Exclude<TriggerId, 'kommo'>;

/** The fault is made here, and what follows is looked at. */
export interface Case<World> {
	/** What must be true, in words for the report. */
	outcome: string;
	run(world: World): Promise<void>;
}

/** A test of the engine suite that shows it already. */
export interface NamedTest {
	outcome: string;
	shownBy: {
		/** From the root of the project. */
		file: string;
		/** The titles of its describe blocks and its own, from outside in. */
		titles: readonly string[];
	};
}

/** Why the fault can't happen to this trigger. */
export interface Impossible {
	impossible: string;
}

export type Cell<World> = Case<World> | NamedTest | Impossible;

export interface Row<World> {
	fault: string;
	cells: Record<TriggerId, Cell<World>>;
}

export interface Area<World> {
	name: string;
	rows: ReadonlyArray<Row<World>>;
	/** What the rows of one trigger share. */
	start(trigger: TriggerId): Promise<World>;
	stop(world: World): Promise<void>;
}

export function impossible(reason: string): Impossible {
	return { impossible: reason };
}

/** The title of the test that a row makes. */
export function caseTitle({ fault }: { fault: string }, { outcome }: { outcome: string }): string {
	return `${fault}: ${outcome}`;
}
