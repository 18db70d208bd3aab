import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { InstalledN8n } from './install';

/** What n8n's queue mode needs beside n8n itself, set apart for one run. */
export interface QueueServers {
	/** For every process of this n8n. */
	readonly env: Record<string, string>;
	/** Drops the database and the Redis keys of this run. */
	remove(): Promise<void>;
}

/** As far as they are used here; n8n brings both clients along. */
interface PgClient {
	connect(): Promise<void>;
	query(sql: string): Promise<unknown>;
	end(): Promise<void>;
}
interface RedisClient {
	connect(): Promise<void>;
	keys(pattern: string): Promise<string[]>;
	del(...keys: string[]): Promise<number>;
	disconnect(): void;
}

/** n8n's own variables, and the local servers where they are not set. */
const serverSettings = (env: NodeJS.ProcessEnv) => ({
	DB_POSTGRESDB_HOST: env.DB_POSTGRESDB_HOST ?? '127.0.0.1',
	DB_POSTGRESDB_PORT: env.DB_POSTGRESDB_PORT ?? '5432',
	DB_POSTGRESDB_USER: env.DB_POSTGRESDB_USER ?? 'postgres',
	DB_POSTGRESDB_PASSWORD: env.DB_POSTGRESDB_PASSWORD ?? '',
	QUEUE_BULL_REDIS_HOST: env.QUEUE_BULL_REDIS_HOST ?? '127.0.0.1',
	QUEUE_BULL_REDIS_PORT: env.QUEUE_BULL_REDIS_PORT ?? '6379',
	QUEUE_BULL_REDIS_PASSWORD: env.QUEUE_BULL_REDIS_PASSWORD ?? '',
});

/**
 * Makes a database and a Redis prefix that no other run uses, on servers that run already.
 * @throws with the server's address when one of them can't be reached
 */
export const createQueueServers = async (installed: InstalledN8n): Promise<QueueServers> => {
	const settings = serverSettings(process.env);
	const name = `n8n_run_${randomBytes(6).toString('hex')}`;
	const remove = async () => {
		await withPostgres(installed, settings, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		await withRedis(installed, settings, async (redis) => {
			const keys = await redis.keys(`${name}*`);
			if (keys.length > 0) await redis.del(...keys);
		});
	};
	await withRedis(installed, settings, async (redis) => await redis.keys(`${name}*`));
	await withPostgres(installed, settings, `CREATE DATABASE ${name}`);
	const env = {
		...settings,
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_DATABASE: name,
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_PREFIX: name,
		N8N_REDIS_KEY_PREFIX: name,
		N8N_CACHE_REDIS_KEY_PREFIX: name,
	};
	return { env, remove };
};

type Settings = ReturnType<typeof serverSettings>;

const withPostgres = async (installed: InstalledN8n, settings: Settings, sql: string) => {
	const { Client } = clientOf(installed, 'pg') as {
		Client: new (options: object) => PgClient;
	};
	const { DB_POSTGRESDB_HOST: host, DB_POSTGRESDB_PORT: port } = settings;
	const client = new Client({
		host,
		port: Number(port),
		user: settings.DB_POSTGRESDB_USER,
		password: settings.DB_POSTGRESDB_PASSWORD,
		database: 'postgres',
	});
	try {
		await client.connect();
		await client.query(sql);
	} catch (error) {
		throw new Error(`PostgreSQL at ${host}:${port} refused: ${sql}`, { cause: error });
	} finally {
		await client.end();
	}
};

const withRedis = async (
	installed: InstalledN8n,
	settings: Settings,
	work: (redis: RedisClient) => Promise<unknown>,
) => {
	const { Redis } = clientOf(installed, 'ioredis') as {
		Redis: new (options: object) => RedisClient;
	};
	const { QUEUE_BULL_REDIS_HOST: host, QUEUE_BULL_REDIS_PORT: port } = settings;
	const redis = new Redis({
		host,
		port: Number(port),
		password: settings.QUEUE_BULL_REDIS_PASSWORD || undefined,
		lazyConnect: true,
		// Says at once that there is no server, instead of trying for ever.
		retryStrategy: null,
	});
	try {
		await redis.connect();
		await work(redis);
	} catch (error) {
		throw new Error(`Redis at ${host}:${port} could not be used.`, { cause: error });
	} finally {
		redis.disconnect();
	}
};

const clientOf = (installed: InstalledN8n, name: string): unknown =>
	// pnpm shows a package its dependencies only where it really lies.
	createRequire(realpathSync(installed.n8n))(name);
