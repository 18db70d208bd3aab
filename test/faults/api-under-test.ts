import type { IDataObject } from 'n8n-workflow';
import type { Faults } from '../simulators/http/faults';
import type { RequestLog } from '../simulators/http/request-log';
import { byId, startKommoAccount } from '../engine/Kommo/kommo-account';
import { runNode } from '../engine/harness';
import { BENCHES, LEAD } from './doors/gateway-door';
import type { GatewayTriggerId, TriggerId } from './matrix';

/** The API behind a node, with one thing to read and one to make. */
export interface ApiUnderTest {
	readonly faults: Faults;
	readonly log: RequestLog;
	/** What the node may show to nobody. */
	readonly key: string;
	/** Reads what is there. */
	read(): Promise<IDataObject | undefined>;
	/** Makes one thing; asking again asks for the same. */
	write(): Promise<unknown>;
	/** How many of them there are. */
	made(): number;
	close(): Promise<void>;
}

export async function openApi(trigger: TriggerId): Promise<ApiUnderTest> {
	const api = trigger === 'kommo' ? await openKommoApi() : await openGatewayApi(trigger);
	api.log.clear();
	return api;
}

/** A payment is read, a payment link made. */
async function openGatewayApi(trigger: GatewayTriggerId): Promise<ApiUnderTest> {
	const bench = BENCHES[trigger];
	const provider = await bench.start();
	const { secretKey, apiKey } = provider.credential;
	const settings = {
		credentials: {
			[bench.gateway.credentialType]: provider.credential as Record<string, string>,
		},
		credentialTypes: [bench.credentialType],
	};
	const run = async (parameters: IDataObject, item: IDataObject = {}) => {
		const [items = []] = await runNode(bench.action, parameters, [{ json: item }], settings);
		return items[0]?.json;
	};
	const paymentId = paymentIdIn((await provider.payment(LEAD)).body);
	const links = provider.openLinks();
	// Only Checkout.com asks for a country.
	const options = trigger === 'checkoutCom' ? { billingCountry: 'GB' } : {};
	return {
		faults: provider.faults,
		log: provider.log,
		key: String(secretKey ?? apiKey),
		read: async () => await run({ resource: 'payment', operation: 'get', paymentId }),
		write: async () =>
			await run(
				{ resource: 'paymentLink', operation: 'create', options },
				{
					leadId: 7,
					amount: '100.00',
					currency: 'EUR',
					description: 'Website relaunch',
					customer: { name: null, email: 'client@example.com', phone: null },
				},
			),
		made: () => provider.openLinks() - links,
		close: async () => await provider.close(),
	};
}

function paymentIdIn(body: Buffer): string {
	const { data } = JSON.parse(body.toString('utf8')) as {
		data: { id?: unknown; object?: { payment_intent?: unknown } };
	};
	return String(data.object?.payment_intent ?? data.id);
}

/** A lead is read, a note made. */
async function openKommoApi(): Promise<ApiUnderTest> {
	const { kommo, json } = await startKommoAccount();
	const { id } = kommo.createLead();
	return {
		faults: kommo.faults,
		log: kommo.log,
		key: kommo.token,
		read: async () => (await json('lead:get', { leadId: byId(id) }))[0],
		write: async () => await json('note:create', { text: 'Called back' }, [{ leadId: id }]),
		made: () => kommo.notesOf(id).length,
		close: async () => await kommo.close(),
	};
}
