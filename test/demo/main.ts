/**
 * `npm start`: a whole company on this machine, to click through; with Stripe, or with `-- --gateway paddle`, say.
 * `npm start -- --once` plays one deal per gateway without a person and proves the result with its exit code.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { GATEWAY_IDS, type GatewayId } from '../../nodes/core/payment-event';
import { packPackage } from '../n8n-host/community-package';
import { ensureN8nInstalled } from '../n8n-host/install';
import { WORLD_GATEWAY_OF, WORLD_GATEWAYS } from '../world/gateways';
import { PaymentWorld } from '../world/payment-world';
import { createDeal, playDeal, type DealCard } from '../world/play-deal';
import type { WorldGateway } from '../world/world-gateway';

const ROOT = path.resolve(__dirname, '../..');
/** n8n's usual port, so that the address looks familiar. */
const N8N_PORT = 5678;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			gateway: { type: 'string', default: 'stripe' },
		},
	});
	const id = gatewayId(values.gateway);
	const log = (line: string) => console.error(`· ${line}`);
	await ensureN8nInstalled({ log });
	log('Packing the package');
	const packageTarball = await packPackage(ROOT, path.join(ROOT, '.cache'));
	if (values.once) process.exitCode = (await playOnce(packageTarball, log)) ? 0 : 1;
	else await stayOpen(id, packageTarball, log);
}

function gatewayId(text: string): GatewayId {
	const id = GATEWAY_IDS.find((known) => known.toLowerCase() === text.toLowerCase());
	if (id === undefined) throw new Error(`No gateway "${text}": ${GATEWAY_IDS.join(', ')}.`);
	return id;
}

/** Every gateway in a company of its own, so that only its template answers a won deal. */
async function playOnce(packageTarball: string, log: (line: string) => void): Promise<boolean> {
	let allPaid = true;
	for (const startGateway of WORLD_GATEWAYS) {
		const gateway = await startGateway();
		const world = await PaymentWorld.start({ packageTarball, gateways: [gateway], log });
		try {
			allPaid = (await playOne(world, gateway)) && allPaid;
		} finally {
			await world.stop();
		}
	}
	return allPaid;
}

async function playOne(world: PaymentWorld, gateway: WorldGateway): Promise<boolean> {
	const { before, after, linkMs, paidMs, notes } = await playDeal(world.kommo, gateway);
	printCard(`Before, ${gateway.name}`, before);
	printCard(`After, ${gateway.name}`, after);
	const paid = after.status === 'Paid' && notes === 1;
	const outcome = paid ? 'paid' : after.status;
	console.log(JSON.stringify({ gateway: gateway.id, outcome, linkMs, paidMs, notes }));
	return paid;
}

function printCard(title: string, card: DealCard): void {
	console.log(`\n${title}`);
	for (const [field, value] of Object.entries(card)) {
		const lines = Array.isArray(value) ? value.join('\n') : String(value);
		console.log(`  ${field.padEnd(11)} ${(lines || '–').replaceAll('\n', `\n${' '.repeat(14)}`)}`);
	}
}

async function stayOpen(
	id: GatewayId,
	packageTarball: string,
	log: (line: string) => void,
): Promise<void> {
	const gateway = await WORLD_GATEWAY_OF[id]();
	const world = await PaymentWorld.start({
		packageTarball,
		gateways: [gateway],
		n8nPort: N8N_PORT,
		log,
	});
	const leadId = createDeal(world.kommo, { name: 'Try me: website relaunch' });
	console.log(`
Everything is running.

  Kommo        ${world.kommo.url}/leads/detail/${leadId}
  ${gateway.name.padEnd(12)} ${gateway.url}/
  n8n          ${world.n8n.url}/   log in as ${world.n8n.owner.email}, password ${world.n8n.owner.password}

What to click
  1. Open the Kommo address: a deal worth 1999 EUR.
  2. Move it to "Closed - won". A payment link appears on the card.
  3. Open the link and press Pay. The deal turns to Paid, with amount, date, id and a note.
  4. Refund it on the payment page or on ${gateway.name}'s page, and look at the deal again.
  5. Open n8n to see the workflow and its executions.

Stop with Ctrl+C.`);
	await new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
	console.log('\nStopping.');
	await world.stop();
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
