import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventsTable } from '../../readme/events-table';

describe('the README', () => {
	it('shows the events table as the code has it; run `npm run readme` when this fails', () => {
		const readme = readFileSync(path.resolve(__dirname, '../../../README.md'), 'utf8');
		expect(readme).toContain(`\n${eventsTable()}\n`);
	});
});
