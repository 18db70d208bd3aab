import axios from 'axios';
import type { N8nCluster } from '../n8n-host/n8n-cluster';
import { waitFor } from '../n8n-host/wait-for';
import type { Delivery } from '../simulators/http/deliveries';
import type { PaymentWorld } from '../world/payment-world';
import { createDeal, winDeal } from '../world/play-deal';
import type { WorldGateway } from '../world/world-gateway';

const LONGEST_ROUND_MS = 600_000;

/** A world whose n8n is several processes, and the hands to give each of them a webhook at the same moment. */
export class QueueStage {
	constructor(
		readonly world: PaymentWorld,
		private readonly cluster: N8nCluster,
		readonly log: (line: string) => void,
	) {}

	get gateway(): WorldGateway {
		const [gateway] = this.world.gateways;
		if (!gateway) throw new Error('There is no gateway.');
		return gateway;
	}

	/** @returns the payment links by lead id */
	async winDeals(count: number): Promise<Map<number, string>> {
		const { kommo } = this.world;
		const links = new Map<number, string>();
		for (let deal = 0; deal < count; deal += 1) {
			const leadId = createDeal(kommo);
			links.set(leadId, await winDeal(kommo, leadId));
		}
		await this.settled();
		return links;
	}

	/** What the provider would have sent of what happens meanwhile. */
	async webhooksOf(act: () => Promise<void>): Promise<Delivery[]> {
		const { deliveries } = this.gateway;
		deliveries.failed.length = 0;
		deliveries.losing = true;
		await act();
		await deliveries.settled();
		deliveries.losing = false;
		return [...deliveries.failed];
	}

	/** @param processor counted on from the last to the first one @returns the status of the answer */
	async deliver({ url, body, headers }: Delivery, processor: number): Promise<number> {
		const origins = this.cluster.webhookOrigins;
		const origin = origins[processor % origins.length] ?? '';
		const { status } = await axios.post(`${origin}${new URL(url).pathname}`, body, {
			headers: headers(1),
			proxy: false,
			validateStatus: () => true,
			transformRequest: [(bytes: Buffer) => bytes],
		});
		return status;
	}

	/** No webhook is under way and no execution runs. */
	async settled(): Promise<void> {
		const { n8n, kommo } = this.world;
		await waitFor(
			'all executions to end',
			async () => {
				await kommo.settled();
				await this.gateway.deliveries.settled();
				const open = await n8n.executions(undefined, ['new', 'running']);
				return open.length === 0 ? true : undefined;
			},
			{ timeoutMs: LONGEST_ROUND_MS, everyMs: 250 },
		);
	}
}
