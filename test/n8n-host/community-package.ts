import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { baseEnvironment } from './environment';

const run = promisify(execFile);

interface PackageJson {
	name: string;
	version: string;
}

/**
 * Packs `directory` the way `npm publish` would, without running its scripts.
 * @returns the tarball's path inside `destination`; it appears there at once, whole.
 */
export const packPackage = async (directory: string, destination: string): Promise<string> => {
	await mkdir(destination, { recursive: true });
	const workplace = await mkdtemp(path.join(destination, 'pack-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', workplace];
		const { stdout } = await run('npm', args, { cwd: directory, env: baseEnvironment() });
		const [packed] = JSON.parse(stdout) as Array<{ filename: string }>;
		if (!packed) throw new Error(`npm pack made nothing of ${directory}: ${stdout}`);
		const tarball = path.join(destination, path.basename(packed.filename));
		await rename(path.join(workplace, path.basename(packed.filename)), tarball);
		return tarball;
	} finally {
		await rm(workplace, { recursive: true, force: true });
	}
};

/**
 * Puts a packed community package where n8n keeps those it installed itself: unpacked under
 * `<userFolder>/.n8n/nodes/node_modules` and listed in `nodes/package.json`.
 * @returns the package's name, the prefix of its node types.
 */
export const installCommunityPackage = async (
	tarball: string,
	userFolder: string,
): Promise<string> => {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	const unpacked = await mkdtemp(path.join(nodes, 'unpack-'));
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
	const text = await readFile(path.join(unpacked, 'package.json'), 'utf8');
	const { name, version } = JSON.parse(text) as PackageJson;
	const target = path.join(nodes, 'node_modules', name);
	await rm(target, { recursive: true, force: true });
	await mkdir(path.dirname(target), { recursive: true });
	await rename(unpacked, target);
	const list = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeFile(path.join(nodes, 'package.json'), JSON.stringify(list, null, 2));
	return name;
};
