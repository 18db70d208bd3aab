import path from 'node:path';
import { packPackage } from '../n8n-host/community-package';
import { ensureN8nInstalled } from '../n8n-host/install';

/**
 * Runs once before the end-to-end tests: the pinned n8n is there, and the built package is packed as
 * npm would publish it. Tests find the tarball's path in process.env.KP_TARBALL.
 */
export default async function globalSetup(): Promise<void> {
	const root = path.resolve(__dirname, '../..');
	await ensureN8nInstalled({ log: (line) => process.stderr.write(`${line}\n`) });
	process.env.KP_TARBALL = await packPackage(root, path.join(root, '.cache'));
}
