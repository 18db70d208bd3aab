import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const WORKFLOWS = path.resolve(__dirname, '../../.github/workflows');

describe.each(readdirSync(WORKFLOWS))('.github/workflows/%s', (file) => {
	const text = readFileSync(path.join(WORKFLOWS, file), 'utf8');

	it('pins every action by its commit, and says which version that is', () => {
		const uses = text.split('\n').filter((line) => /\buses:/.test(line));
		expect(uses.length).toBeGreaterThan(0);
		for (const line of uses)
			expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	it('may do nothing but what a job asks for', () => {
		expect(text).toMatch(/^permissions: \{\}$/m);
		const granted = [...text.matchAll(/^\s{6}([a-z-]+): (read|write)$/gm)].map(
			([, scope, right]) => {
				return `${scope}: ${right}`;
			},
		);
		const allowed =
			file === 'publish.yml' ? ['contents: read', 'id-token: write'] : ['contents: read'];
		expect(allowed).toEqual(expect.arrayContaining(granted));
	});

	it('leaves no token behind for later steps', () => {
		const checkouts = text.match(/actions\/checkout@/g) ?? [];
		expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length);
	});

	it('puts nothing that a stranger can write into a shell command', () => {
		const commands = text.split('\n').filter((line) => /\brun:/.test(line));
		expect(commands.filter((line) => line.includes('${{'))).toEqual([]);
	});
});
