import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { INodeTypeDescription } from 'n8n-workflow';
import { packPackage } from '../n8n-host/community-package';
import { baseEnvironment } from '../n8n-host/environment';

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, '../..');
const SCAN = path.join(__dirname, 'scan.mjs');
const KILOBYTE = 1024;

interface Manifest {
	name: string;
	dependencies?: object;
	n8n: { nodes: string[]; credentials: string[] };
}

interface Codex {
	node: string;
	nodeVersion: string;
	codexVersion: string;
	categories: string[];
	alias: string[];
	resources: Record<string, Array<{ url: string }>>;
}

describe('the package as npm publishes it', () => {
	let workplace: string;
	let tarball: string;
	let unpacked: string;
	let files: string[];
	let manifest: Manifest;

	const text = (file: string) => readFileSync(path.join(unpacked, file), 'utf8');

	beforeAll(async () => {
		if (!existsSync(path.join(ROOT, 'dist'))) throw new Error('Run `npm run build` first.');
		workplace = await mkdtemp(path.join(tmpdir(), 'package-'));
		tarball = await packPackage(ROOT, workplace);
		unpacked = path.join(workplace, 'unpacked');
		await mkdir(unpacked);
		await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
		files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
			.filter((file) => statSync(path.join(unpacked, file)).isFile())
			.sort();
		manifest = JSON.parse(text('package.json')) as Manifest;
	});
	afterAll(async () => await rm(workplace, { recursive: true, force: true }));

	it('holds what was built, the templates, and the papers', () => {
		const built = /^dist\/(nodes|credentials)\/.+\.(js|d\.ts|svg|node\.json)$/;
		const template = /^workflows\/[a-z-]+\.(json|md)$/;
		const others = files.filter((file) => !built.test(file) && !template.test(file));
		expect(others).toEqual(['LICENSE.md', 'README.md', 'package.json']);
	});

	it('has no test, no source and no source map in it', () => {
		expect(files.filter((file) => /test|spec|\.map$|(?<!\.d)\.ts$/i.test(file))).toEqual([]);
		const mapped = files.filter(
			(file) => file.endsWith('.js') && /sourceMappingURL/.test(text(file)),
		);
		expect(mapped).toEqual([]);
	});

	it('is small', () => {
		expect(statSync(tarball).size).toBeLessThan(350 * KILOBYTE);
	});

	it('names files to n8n that are there, and leaves none out', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(files).toEqual(expect.arrayContaining([...nodes, ...credentials]));
		expect([...nodes].sort()).toEqual(files.filter((file) => file.endsWith('.node.js')));
		expect([...credentials].sort()).toEqual(
			files.filter((file) => file.endsWith('.credentials.js')),
		);
	});

	it('requires nothing but what n8n allows', () => {
		const required = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [...text(file).matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name));
		const packages = new Set(required.filter((name) => !name?.startsWith('.')));
		expect([...packages].sort()).toEqual(['n8n-workflow', 'node:crypto']);
	});

	it('brings no other package along when it is installed', async () => {
		const home = path.join(workplace, 'home');
		await mkdir(home);
		await writeFile(path.join(home, 'package.json'), '{"private":true}');
		const quiet = [
			'--offline',
			'--ignore-scripts',
			'--legacy-peer-deps',
			'--no-audit',
			'--no-fund',
		];
		await run('npm', ['install', tarball, ...quiet], { cwd: home });
		const installed = readdirSync(path.join(home, 'node_modules'));
		expect(installed.filter((name) => !name.startsWith('.'))).toEqual([manifest.name]);
		expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
	});

	it('shows every node with a light and a dark icon, a subtitle and words to find it by', () => {
		for (const file of manifest.n8n.nodes) {
			const { description, isTrigger } = loadNode(path.join(ROOT, file));
			expect(description.subtitle).toBeTruthy();
			expect(description.usableAsTool ?? false).toBe(!isTrigger);
			const { light, dark } = description.icon as { light: string; dark: string };
			expect(light).not.toBe(dark);
			for (const icon of [light, dark]) {
				expect(files).toContain(
					path.posix.join(path.posix.dirname(file), icon.replace('file:', '')),
				);
			}
			const codex = JSON.parse(text(file.replace(/\.js$/, '.json'))) as Codex;
			expect(codex).toMatchObject({
				node: `${manifest.name}.${description.name}`,
				nodeVersion: '1.0',
				codexVersion: '1.0',
			});
			expect(codex.categories.length).toBeGreaterThan(0);
			expect(codex.alias.length).toBeGreaterThan(2);
			const links = Object.values(codex.resources).flat();
			expect(links.map(({ url }) => url.startsWith('https://'))).toEqual(links.map(() => true));
		}
	});

	it.each(['source', 'tarball'])(
		"has no finding of n8n's own scanner in its %s",
		async (kind) => {
			const folder = kind === 'source' ? ROOT : unpacked;
			// Without jest's NODE_ENV, at which the rules take every file for one of their own tests.
			const env = baseEnvironment();
			const findings = await run(process.execPath, [SCAN, folder, kind], { env }).then(
				() => '',
				(error: { stdout?: string }) => error.stdout ?? String(error),
			);
			expect(findings).toBe('');
		},
		300_000,
	);
});

function loadNode(file: string): { description: INodeTypeDescription; isTrigger: boolean } {
	const [name = ''] = path.basename(file).split('.');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the built file, as n8n loads it
	const classes = require(file) as Record<string, new () => { description: INodeTypeDescription }>;
	const { description } = new classes[name]!();
	return { description, isTrigger: description.group.includes('trigger') };
}
