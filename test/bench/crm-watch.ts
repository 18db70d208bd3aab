import type { KommoSimulator } from '../simulators/kommo';
import type { LoggedRequest } from '../simulators/http/request-log';

const LONGEST_MS = 60_000;

/** Tells when something was written to a lead, by looking at what Kommo was asked. */
export class CrmWatch {
	private readonly waiting = new Map<string, (at: number) => void>();
	private seen = 0;
	private readonly timer = setInterval(() => this.look(), 2);

	constructor(private readonly kommo: KommoSimulator) {}

	/** When the lead's fields were changed and its note written, in ms since the epoch. */
	async applied(leadId: number): Promise<{ patchedAt: number }> {
		const [patchedAt] = await Promise.all([
			this.written('PATCH', leadId),
			this.written('POST', leadId),
		]);
		return { patchedAt };
	}

	/** @param method PATCH for the lead's fields, POST for its note */
	async written(method: 'PATCH' | 'POST', leadId: number): Promise<number> {
		return await new Promise((resolve, reject) => {
			const key = `${method} ${leadId}`;
			const giveUp = setTimeout(() => {
				reject(new Error(`Nothing came by ${key} in ${LONGEST_MS} ms.`));
			}, LONGEST_MS);
			this.waiting.set(key, (at) => {
				clearTimeout(giveUp);
				resolve(at);
			});
		});
	}

	stop(): void {
		clearInterval(this.timer);
	}

	private look(): void {
		const { entries } = this.kommo.log;
		for (; this.seen < entries.length; this.seen += 1) {
			const entry = entries[this.seen];
			// Not answered yet: it is looked at again.
			if (!entry || entry.status === 0) break;
			for (const leadId of writtenTo(entry)) this.found(`${entry.method} ${leadId}`, entry.at);
		}
	}

	private found(key: string, at: number): void {
		this.waiting.get(key)?.(at);
		this.waiting.delete(key);
	}
}

function writtenTo({ method, path, body, status }: LoggedRequest): number[] {
	const isWrite = /\/leads(\/notes)?$/.test(path) && status === 200;
	if (!isWrite || (method !== 'PATCH' && method !== 'POST')) return [];
	const entries = [JSON.parse(body)].flat() as Array<{ id?: number; entity_id?: number }>;
	return entries.map(({ id, entity_id: entityId }) => id ?? entityId ?? 0);
}
