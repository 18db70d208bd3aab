import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import axios from 'axios';
import { baseEnvironment } from './environment';
import type { InstalledN8n, Log } from './install';
import { waitFor } from './wait-for';

/** n8n's command: all in one, or in queue mode also one that only takes webhooks, or only runs executions. */
export type N8nRole = 'start' | 'webhook' | 'worker';

export interface N8nProcessOptions {
	installed: InstalledN8n;
	/** 'start' when left out. */
	role?: N8nRole;
	/** n8n keeps its data in `<userFolder>/.n8n`. */
	userFolder: string;
	port: number;
	/** Added to, and stronger than, the environment below. */
	env: Record<string, string>;
	onLine: Log;
}

/** Several at once, so that they differ. */
export const freePorts = async (count: number): Promise<number[]> => {
	const servers = Array.from({ length: count }, () => createServer());
	const ports = await Promise.all(
		servers.map(
			(server) =>
				new Promise<number>((resolve, reject) => {
					server.once('error', reject);
					server.listen(0, '127.0.0.1', () => {
						const address = server.address();
						resolve(typeof address === 'object' && address ? address.port : 0);
					});
				}),
		),
	);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
};

/** SQLite, loopback only, no call to the outside, every execution kept. */
const n8nEnvironment = (
	userFolder: string,
	port: number,
	brokerPort: number,
): Record<string, string> => ({
	N8N_USER_FOLDER: userFolder,
	HOME: userFolder,
	TZ: 'UTC',
	GENERIC_TIMEZONE: 'UTC',
	NO_COLOR: '1',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PORT: String(port),
	N8N_PROTOCOL: 'http',
	N8N_SECURE_COOKIE: 'false',
	N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	N8N_PYTHON_ENABLED: 'false',
	DB_TYPE: 'sqlite',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	// Asks api.n8n.io at start otherwise.
	N8N_DISABLED_MODULES: 'mcp-registry',
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	N8N_LOG_LEVEL: 'info',
	// Only a worker has this server; the other roles answer on N8N_PORT.
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(port),
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
});

/** Readiness means a migrated database; the REST API comes a moment later. */
const READY_ROUTES: Record<N8nRole, readonly string[]> = {
	start: ['/healthz/readiness', '/rest/settings'],
	webhook: ['/healthz/readiness'],
	worker: ['/healthz/readiness'],
};

/** Normally 5 to 8 s; after a crash, on a machine that is busy with other things, minutes. */
const LONGEST_BOOT_MS = 300_000;
/** n8n waits up to 30 s for running executions before it ends. */
const LONGEST_STOP_MS = 40_000;

/** One run of n8n in one of its roles: from its start until it has ended, one way or the other. */
export class N8nProcess {
	private readonly ended: Promise<void>;
	private readonly killWithUs = () => this.child.kill('SIGKILL');
	private exit: string | null = null;

	private constructor(private readonly child: ChildProcess) {
		process.once('exit', this.killWithUs);
		this.ended = new Promise((resolve) => {
			const end = (how: string) => {
				this.exit = how;
				process.removeListener('exit', this.killWithUs);
				resolve();
			};
			child.once('error', (error) => end(error.message));
			child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
		});
	}

	/** Resolves when n8n is ready for work. @throws with its last lines when it ends or takes too long. */
	static async start(options: N8nProcessOptions): Promise<N8nProcess> {
		const { installed, role = 'start', userFolder, port, env, onLine } = options;
		const [brokerPort = 0] = await freePorts(1);
		const child = spawn(installed.node, [installed.n8n, role], {
			cwd: userFolder,
			env: {
				...baseEnvironment(),
				// n8n starts its task runner as plain `node`.
				PATH: [path.dirname(installed.node), process.env.PATH].join(path.delimiter),
				...n8nEnvironment(userFolder, port, brokerPort),
				...env,
			},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const lastLines: string[] = [];
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', (line) => {
				lastLines.push(line);
				if (lastLines.length > 40) lastLines.shift();
				onLine(line);
			});
		}
		const n8n = new N8nProcess(child);
		try {
			for (const route of READY_ROUTES[role]) {
				const limits = { timeoutMs: LONGEST_BOOT_MS, everyMs: 100 };
				await waitFor(`n8n's ${route}`, () => n8n.answers(port, route), limits);
			}
		} catch (error) {
			await n8n.kill9();
			const reason = error instanceof Error ? error.message : String(error);
			throw new Error(`${reason}\n${lastLines.join('\n')}`, { cause: error });
		}
		return n8n;
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	get running(): boolean {
		return this.exit === null;
	}

	/** SIGTERM: n8n finishes what it is doing. Resolves when the process has ended. */
	async stop(): Promise<void> {
		this.child.kill('SIGTERM');
		const timer = setTimeout(this.killWithUs, LONGEST_STOP_MS);
		await this.ended;
		clearTimeout(timer);
	}

	/** SIGKILL: what a power cut does. Resolves when the process has ended. */
	async kill9(): Promise<void> {
		this.child.kill('SIGKILL');
		await this.ended;
	}

	private async answers(port: number, route: string): Promise<true | undefined> {
		if (this.exit !== null) throw new Error(`n8n ended (${this.exit}) before it was ready.`);
		const answer = await axios
			.get(`http://127.0.0.1:${port}${route}`, { proxy: false, timeout: 5_000 })
			.catch(() => null);
		return typeof answer?.data === 'object' ? true : undefined;
	}
}
