import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.dirname(__dirname);
const DIST = path.join(ROOT, 'dist');
/** tsc emits the JSON files it includes, but knows no images. */
const ASSET = /\.(svg|png|node\.json)$/;

const compile = (): number => {
	const tsc = require.resolve('typescript/bin/tsc');
	const args = [tsc, '-p', path.join(ROOT, 'tsconfig.json')];
	return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
};

const copyAssets = (folder: string): void => {
	const source = path.join(ROOT, folder);
	if (!existsSync(source)) return;
	for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
		const target = path.join(DIST, folder, name);
		if (ASSET.test(name) && !existsSync(target)) cpSync(path.join(source, name), target);
	}
};

/** Files that package.json promises to n8n and the build did not make. */
const missingFiles = (): string[] => {
	const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
	const { n8n } = JSON.parse(manifest) as { n8n: { credentials: string[]; nodes: string[] } };
	return [...n8n.credentials, ...n8n.nodes].filter((file) => !existsSync(path.join(ROOT, file)));
};

rmSync(DIST, { recursive: true, force: true });
process.exitCode = compile();
for (const folder of ['nodes', 'credentials', 'icons']) copyAssets(folder);
for (const file of missingFiles()) {
	console.error(`package.json lists ${file}, which the build did not make.`);
	process.exitCode ||= 1;
}
