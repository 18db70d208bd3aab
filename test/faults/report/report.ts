import { caseTitle, TRIGGER_IDS, TRIGGERS } from '../matrix';
import { MATRIX, type ReportedArea } from '../matrix-rows';

const HEAD = `# The fault matrix

Made by \`npm run faults:report\` from the tables in \`test/faults\`; a test fails when it is out of date. \`npm run test:faults\`
runs every row, in n8n's own engine, against simulators of the providers. A number is an HTTP status; "execution" is one that n8n
stores; an "event" is an item that the trigger emits. Under each row stands the test that shows it.
`;

/** The matrix for people: of each row what comes of it for each trigger, and which test shows it. */
export function report(): string {
	return [HEAD, ...MATRIX.map(areaInWords)].join('\n');
}

function areaInWords({ name, file, rows }: ReportedArea): string {
	const list = rows.map((row) => {
		const lines = new Map<string, string[]>();
		const add = (text: string, trigger: string) =>
			lines.set(text, [...(lines.get(text) ?? []), trigger]);
		for (const trigger of TRIGGER_IDS) {
			const cell = row.cells[trigger];
			if ('impossible' in cell) add(`can't happen: ${cell.impossible}`, TRIGGERS[trigger]);
			else if ('shownBy' in cell) {
				const { file: elsewhere, titles } = cell.shownBy;
				add(`${cell.outcome} (\`${elsewhere}\`: ${titles.join(' › ')})`, TRIGGERS[trigger]);
			} else {
				add(
					`${cell.outcome} (\`${file}\`: ${name} › … › ${caseTitle(row, cell)})`,
					TRIGGERS[trigger],
				);
			}
		}
		const outcomes = [...lines].map(([text, triggers]) => `  - ${triggers.join(', ')}: ${text}`);
		return [`- **${row.fault}**`, ...outcomes].join('\n');
	});
	return [`## ${name}`, '', ...list, ''].join('\n');
}
