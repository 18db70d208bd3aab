import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installCommunityPackage } from './community-package';
import { ensureN8nInstalled, type InstalledN8n, type Log } from './install';
import { N8nInstance } from './n8n-instance';
import { freePorts, N8nProcess, type N8nRole } from './n8n-process';
import { createQueueServers, type QueueServers } from './queue-servers';

export interface N8nClusterOptions {
	packageTarball: string;
	webhookProcessors: number;
	workers: number;
	/** Added to the environment of every process. */
	env?: Record<string, string>;
	/** Gets n8n's log lines and the installation's progress. */
	log?: Log;
}

/** A real n8n in queue mode: one main process, webhook processors and workers over one PostgreSQL and Redis. */
export class N8nCluster {
	private readonly processes: N8nProcess[] = [];
	private readonly folders: string[] = [];

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly servers: QueueServers,
		private readonly options: N8nClusterOptions,
		/** Where the webhook processors listen, without a trailing slash; a load balancer would spread calls over them. */
		readonly webhookOrigins: readonly string[],
		private readonly env: Record<string, string>,
		/** Saves, publishes and shows; takes no production webhooks itself. */
		readonly main: N8nInstance,
	) {}

	static async start(options: N8nClusterOptions): Promise<N8nCluster> {
		const { packageTarball, log } = options;
		const installed = await ensureN8nInstalled({ log: log ?? (() => {}) });
		const servers = await createQueueServers(installed);
		const ports = await freePorts(options.webhookProcessors);
		const origins = ports.map((port) => `http://127.0.0.1:${port}`);
		const env = {
			...servers.env,
			N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			N8N_WEBHOOK_URL: `${origins[0]}/`,
			...options.env,
		};
		const main = await N8nInstance.start({ packageTarball, env, log }).catch(async (error) => {
			await servers.remove();
			throw error;
		});
		const cluster = new N8nCluster(installed, servers, options, origins, env, main);
		try {
			await cluster.startOthers(ports);
		} catch (error) {
			await cluster.stop();
			throw error;
		}
		return cluster;
	}

	/** Ends every process, then drops what they kept. */
	async stop(): Promise<void> {
		await Promise.all(this.processes.map(async (n8n) => await n8n.stop()));
		await this.main.stop();
		for (const folder of this.folders) {
			await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
		await this.servers.remove();
	}

	private async startOthers(webhookPorts: readonly number[]): Promise<void> {
		for (const port of webhookPorts) await this.add('webhook', port);
		for (const port of await freePorts(this.options.workers)) await this.add('worker', port);
	}

	private async add(role: N8nRole, port: number): Promise<void> {
		const { packageTarball, log = () => {} } = this.options;
		const userFolder = await mkdtemp(path.join(tmpdir(), `n8n-${role}-`));
		this.folders.push(userFolder);
		await installCommunityPackage(packageTarball, userFolder);
		const { installed, env } = this;
		const n8n = await N8nProcess.start({ installed, role, userFolder, port, env, onLine: log });
		this.processes.push(n8n);
	}
}
