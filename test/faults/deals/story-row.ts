import { impossible, TRIGGER_IDS, type Cell, type GatewayTriggerId, type Row } from '../matrix';
import type { KommoDoor } from '../doors/kommo-door';
import { openKommoDoor } from '../doors/kommo-door';
import type { TriggerId } from '../matrix';
import { openOffice, type Deal, type LeadState, type LinkTerms, type Office } from './deal';

/** Deals and their payments for the gateways; for Kommo what it tells of leads. */
export type World = { kind: 'office'; office: Office } | { kind: 'kommo'; door: KommoDoor };

export async function openWorld(trigger: TriggerId): Promise<World> {
	return trigger === 'kommo'
		? { kind: 'kommo', door: await openKommoDoor() }
		: { kind: 'office', office: await openOffice(trigger) };
}

export async function closeWorld(world: World): Promise<void> {
	await (world.kind === 'kommo' ? world.door : world.office).close();
}

export const NO_PAYMENTS = 'tells of leads, not of payments';

/** What happens to a deal, and what the lead shows in the end. */
export interface Story {
	fault: string;
	link?: LinkTerms;
	play(deal: Deal, office: Office): Promise<void>;
	must: Partial<LeadState>;
	/** Where the lead shows something else, or why it can't happen there. */
	except?: Partial<Record<GatewayTriggerId, Partial<LeadState> | string>>;
}

export function storyRow({ fault, link, play, must, except = {} }: Story): Row<World> {
	return officeRow(fault, (trigger) => {
		const expected = except[trigger] ?? must;
		if (typeof expected === 'string') return impossible(expected);
		return {
			outcome: stateInWords(expected),
			async run(office) {
				office.door.reset();
				const deal = await office.openDeal(link);
				await play(deal, office);
				expect(deal.state()).toMatchObject(expected);
			},
		};
	});
}

/** A row about payments: one cell for each gateway. */
export function officeRow(
	fault: string,
	cellOf: (trigger: GatewayTriggerId) => Cell<Office>,
	kommo: Cell<KommoDoor> = impossible(NO_PAYMENTS),
): Row<World> {
	const cells = TRIGGER_IDS.map((trigger): [TriggerId, Cell<World>] => [
		trigger,
		trigger === 'kommo' ? inKommo(kommo) : inOffice(cellOf(trigger)),
	]);
	return { fault, cells: Object.fromEntries(cells) as Row<World>['cells'] };
}

function inOffice(cell: Cell<Office>): Cell<World> {
	if (!('run' in cell)) return cell;
	return {
		outcome: cell.outcome,
		async run(world) {
			if (world.kind !== 'office') throw new Error('This row is about payments.');
			await cell.run(world.office);
		},
	};
}

function inKommo(cell: Cell<KommoDoor>): Cell<World> {
	if (!('run' in cell)) return cell;
	return {
		outcome: cell.outcome,
		async run(world) {
			if (world.kind !== 'kommo') throw new Error('This row is about leads.');
			world.door.reset();
			await cell.run(world.door);
		},
	};
}

function stateInWords({ status, paid, refunded, notes, tasks }: Partial<LeadState>): string {
	return [
		status === null ? 'the lead stays as it is' : status,
		paid && `${paid} paid`,
		refunded && `${refunded} refunded`,
		notes !== undefined && counted(notes, 'note'),
		tasks !== undefined && counted(tasks, 'task'),
	]
		.filter(Boolean)
		.join(', ');
}

function counted(count: number, name: string): string {
	return count === 1 ? `1 ${name}` : `${count === 0 ? 'no' : count} ${name}s`;
}
