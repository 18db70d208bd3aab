import type { Simulation } from '../simulation';
import type { PaymentIntent } from '../wire';

/** Payment intents as search sees them: as they were `searchLagMs` ago. */
export class SearchIndex {
	private readonly versions = new Map<string, Array<{ at: number; intent: PaymentIntent }>>();

	constructor(private readonly simulation: Simulation) {}

	/** Call after every change of an intent. */
	update(intent: PaymentIntent): void {
		const versions = this.versions.get(intent.id) ?? [];
		versions.push({ at: this.simulation.now(), intent: structuredClone(intent) });
		this.versions.set(intent.id, versions);
	}

	/** Newest first. */
	visible(): PaymentIntent[] {
		const until = this.simulation.now() - this.simulation.settings.searchLagMs;
		return [...this.versions.values()]
			.flatMap((versions) => versions.filter(({ at }) => at <= until).at(-1)?.intent ?? [])
			.reverse();
	}
}
