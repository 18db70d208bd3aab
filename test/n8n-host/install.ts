import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { baseEnvironment, installEnvironment } from './environment';
import { withFileLock } from './file-lock';

export type Log = (line: string) => void;

export interface InstalledN8n {
	/** A Node.js that n8n runs on (24 or newer). */
	node: string;
	/** n8n's own bin/n8n, to be run with `node`. */
	n8n: string;
}

const PINNED = __dirname;
/** Another n8n than the pinned one, e.g. '2.40.7', to test against. It has no lock file and a folder of its own. */
const VERSION = process.env.N8N_TEST_VERSION;
const HOST = VERSION ? path.resolve(PINNED, '../../.cache', `n8n-${VERSION}`) : PINNED;
const MODULES = path.join(HOST, 'node_modules');
const STAMP = path.join(MODULES, '.installed');
const N8N = path.join(MODULES, 'n8n', 'bin', 'n8n');
const OLDEST_NODE = 24;
const PROGRESS_EVERY_MS = 5_000;

interface Manifest {
	packageManager: string;
	dependencies: Record<string, string>;
	optionalDependencies: Record<string, string>;
}

const manifest = (): Manifest => {
	const pinned = JSON.parse(readFileSync(path.join(PINNED, 'package.json'), 'utf8')) as Manifest;
	return VERSION ? { ...pinned, dependencies: { n8n: VERSION } } : pinned;
};

/** Changes whenever an install would give something else. */
const fingerprint = (): string => {
	const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
	hash.update(JSON.stringify(manifest()));
	for (const file of ['pnpm-workspace.yaml', 'pnpm-lock.yaml']) {
		hash.update(readFileSync(path.join(PINNED, file)));
	}
	return hash.digest('hex');
};

const majorVersion = (node: string): number => {
	const { stdout } = spawnSync(node, ['--version'], { env: baseEnvironment(), encoding: 'utf8' });
	return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
};

/** The Node.js from npm where there is one for this platform, else the one we run on if n8n accepts it. */
const findNode = (): string => {
	const fromNpm = Object.keys(manifest().optionalDependencies).map((name) =>
		path.join(MODULES, name, 'bin', 'node'),
	);
	for (const node of [...fromNpm.filter(existsSync), process.execPath]) {
		if (majorVersion(node) >= OLDEST_NODE) return node;
	}
	throw new Error(
		`n8n needs Node.js ${OLDEST_NODE} or newer. npm has none for ${process.platform}-${process.arch} ` +
			`and this is ${process.version}: run the same command with Node.js ${OLDEST_NODE}.`,
	);
};

const isInstalled = async (): Promise<boolean> => {
	const stamp = await readFile(STAMP, 'utf8').catch(() => '');
	return stamp === fingerprint() && existsSync(N8N);
};

/** The same package and the same overrides around another n8n. */
const writeUnlockedHost = async (): Promise<void> => {
	await mkdir(HOST, { recursive: true });
	await writeFile(path.join(HOST, 'package.json'), JSON.stringify(manifest(), null, 2));
	await copyFile(path.join(PINNED, 'pnpm-workspace.yaml'), path.join(HOST, 'pnpm-workspace.yaml'));
};

const runPnpm = async (log: Log): Promise<void> => {
	const { packageManager } = manifest();
	const lock = VERSION ? '--no-frozen-lockfile' : '--frozen-lockfile';
	const command = ['--yes', packageManager, '--dir', HOST, 'install', lock];
	const child = spawn('npx', [...command, '--reporter=append-only'], {
		// From HOST itself npx would run pnpm on the very Node.js that is being installed.
		cwd: path.dirname(PINNED),
		env: installEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const lastLines: string[] = [];
	let shownAt = 0;
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on('line', (line) => {
			lastLines.push(line);
			if (lastLines.length > 40) lastLines.shift();
			const isNews = line.startsWith('Progress:') || line.includes('sqlite3');
			if (!isNews || Date.now() - shownAt < PROGRESS_EVERY_MS) return;
			shownAt = Date.now();
			log(`  ${line.trim()}`);
		});
	}
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const heartbeat = setInterval(() => {
		if (Date.now() - shownAt > 3 * PROGRESS_EVERY_MS) log(`  still installing (${seconds()} s)`);
	}, 3 * PROGRESS_EVERY_MS);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	}).finally(() => clearInterval(heartbeat));
	if (code !== 0) {
		throw new Error(
			`n8n could not be installed: \`npx ${command.join(' ')}\` ended with ${code}.\n` +
				lastLines.join('\n'),
		);
	}
	log(`  installed in ${seconds()} s`);
};

/**
 * Installs the pinned n8n and a Node.js for it beside this file when it is missing or its lock file
 * changed. Safe to call from several processes at once: one installs, the others wait.
 * @throws with pnpm's last lines when the install ends badly, or when no Node.js fits.
 */
export const ensureN8nInstalled = async ({ log }: { log: Log }): Promise<InstalledN8n> => {
	if (!(await isInstalled())) {
		await withFileLock(
			path.join(PINNED, '.cache', 'install.lock'),
			async () => {
				if (await isInstalled()) return;
				const where = path.relative(process.cwd(), HOST);
				log(`Installing n8n into ${where} (2 GB; 2 to 4 minutes the first time)`);
				await rm(STAMP, { force: true });
				if (VERSION) await writeUnlockedHost();
				await runPnpm(log);
				await writeFile(STAMP, fingerprint());
			},
			(pid) => log(`Waiting for process ${pid}, which is installing n8n`),
		);
	}
	return { node: findNode(), n8n: N8N };
};
