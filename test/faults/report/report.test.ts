import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { caseTitle, TRIGGER_IDS } from '../matrix';
import { MATRIX } from '../matrix-rows';
import { report } from './report';
import { testTitlesOf } from './test-titles';

const ROOT = path.resolve(__dirname, '../../..');
const REPORT = path.join(ROOT, 'test/faults/REPORT.md');

// The tables need what jest provides, so it is jest that writes them down.
if (process.env.WRITE_REPORT) writeFileSync(REPORT, report());

describe('The report of the fault matrix', () => {
	it('is what `npm run faults:report` writes', () => {
		expect(readFileSync(REPORT, 'utf8')).toBe(report());
	});

	it.each(MATRIX.map((area) => [area.name, area] as const))(
		'%s: no two rows of a trigger have one name',
		(_name, { rows }) => {
			for (const trigger of TRIGGER_IDS) {
				const titles = rows.flatMap((row) => {
					const cell = row.cells[trigger];
					return 'outcome' in cell ? [caseTitle(row, cell)] : [];
				});
				expect(new Set(titles).size).toBe(titles.length);
			}
		},
	);

	const named = MATRIX.flatMap(({ rows }) =>
		rows.flatMap(({ fault, cells }) =>
			TRIGGER_IDS.flatMap((trigger) => {
				const cell = cells[trigger];
				return 'shownBy' in cell ? [[fault, trigger, cell.shownBy] as const] : [];
			}),
		),
	);
	it.each(named)('"%s" of %s names a test that is there', (_fault, _trigger, { file, titles }) => {
		expect(testTitlesOf(path.join(ROOT, file))).toContainEqual(titles);
	});
});
