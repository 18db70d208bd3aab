import { caseTitle, TRIGGER_IDS, TRIGGERS, type Area, type Case } from './matrix';

/** One test for every cell that is not shown elsewhere. */
export function describeArea<World>(area: Area<World>): void {
	describe(area.name, () => {
		describe.each(TRIGGER_IDS)('%s', (trigger) => {
			const cases = area.rows.flatMap((row) => {
				const cell = row.cells[trigger];
				return 'run' in cell ? [[caseTitle(row, cell), cell] as const] : [];
			});
			// Some triggers are spared a whole area; jest wants no empty block.
			if (cases.length === 0) return;

			let world: World | undefined;
			beforeAll(async () => {
				world = await area.start(trigger);
			});
			afterAll(async () => {
				if (world !== undefined) await area.stop(world);
			});

			it.each<readonly [string, Case<World>]>(cases)('%s', async (_title, { run }) => {
				expect.hasAssertions();
				if (world === undefined) throw new Error(`${TRIGGERS[trigger]} did not start.`);
				await run(world);
			});
		});
	});
}
