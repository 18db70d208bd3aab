import type { KommoApi } from './kommo-api';

export interface Bot {
	id: number;
	name: string;
}

export interface BotRun {
	bot_id: number;
	entity_id: number;
	entity_type: 'leads' | 'contacts';
}

/** The most bot runs Kommo takes at once. */
const RUNS_PER_CALL = 100;

export async function* listBots(api: KommoApi): AsyncGenerator<Bot> {
	for await (const entry of api.pages('/api/v4/bots', [], 'items')) yield entry as unknown as Bot;
}

/**
 * Starts bots. Kommo only confirms that the runs are queued.
 * An uncertain run is not repeated: the client would get the message twice.
 */
export async function runBots(api: KommoApi, runs: readonly BotRun[]): Promise<void> {
	for (let start = 0; start < runs.length; start += RUNS_PER_CALL) {
		const json = runs.slice(start, start + RUNS_PER_CALL);
		await api.request({ method: 'POST', path: '/api/v4/bots/run', json });
	}
}
