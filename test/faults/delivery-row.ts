import {
	inWords,
	outcomeOf,
	type Attempt,
	type Door,
	type DoorSettings,
	type Outcome,
} from './doors/door';
import { impossible, TRIGGER_IDS, type Cell, type Row, type TriggerId } from './matrix';

/** A fault of one delivery: what is sent, and what comes of it. */
export interface DeliveryFault {
	fault: string;
	send: (door: Door) => Attempt | Promise<Attempt>;
	/** What the trigger knows and how it is set, where that is not as usual. */
	settings?: (door: Door) => DoorSettings;
	outcome: Outcome;
	/** Where it is another outcome, or none at all for this reason. */
	except?: Partial<Record<TriggerId, Outcome | string>>;
	/** What else must be true. */
	also?: (door: Door) => void;
}

export function deliveryRow(spec: DeliveryFault): Row<Door> {
	const cells = TRIGGER_IDS.map((trigger): [TriggerId, Cell<Door>] => {
		const outcome = spec.except?.[trigger] ?? spec.outcome;
		return typeof outcome === 'string'
			? [trigger, impossible(outcome)]
			: [
					trigger,
					{ outcome: inWords(outcome), run: async (door) => await deliver(spec, door, outcome) },
				];
	});
	return { fault: spec.fault, cells: Object.fromEntries(cells) as Row<Door>['cells'] };
}

async function deliver(spec: DeliveryFault, door: Door, outcome: Outcome): Promise<void> {
	door.reset();
	// The clock stands still, so that a second signature has the time of the first, and a tolerance ends where it ends.
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Math.floor(Date.now() / 1000) * 1000);
	try {
		const attempt = await spec.send(door);
		expect(await outcomeOf(door, attempt, spec.settings?.(door))).toEqual(outcome);
		spec.also?.(door);
	} finally {
		clock.mockRestore();
	}
}
