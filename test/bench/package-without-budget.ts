import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packPackage } from '../n8n-host/community-package';

const ROOT = path.resolve(__dirname, '../..');
const PACKED = ['dist', 'workflows', 'package.json', 'README.md', 'LICENSE.md'];
const LIMITER = 'dist/nodes/Kommo/client/rate-limiter.js';
const BUDGET = 'exports.MOST_PER_SECOND = 7;';
const NO_BUDGET = 'exports.MOST_PER_SECOND = 5000;';

/**
 * The built package with one number changed: Kommo's 7 requests a second. With them every flow would be as fast as Kommo
 * allows, and nothing could be compared.
 * @returns the tarball's path in `destination`
 */
export async function packWithoutBudget(destination: string): Promise<string> {
	const copy = await mkdtemp(path.join(tmpdir(), 'bench-package-'));
	try {
		for (const name of PACKED) {
			await cp(path.join(ROOT, name), path.join(copy, name), { recursive: true });
		}
		const file = path.join(copy, LIMITER);
		const source = await readFile(file, 'utf8');
		if (!source.includes(BUDGET)) throw new Error(`${LIMITER} no longer says "${BUDGET}".`);
		await writeFile(file, source.replace(BUDGET, NO_BUDGET));
		return await packPackage(copy, destination);
	} finally {
		await rm(copy, { recursive: true, force: true });
	}
}
