import type { KommoSimulator } from '../simulators/kommo';
import type { RequestLog } from '../simulators/http/request-log';
import type { PaymentWorld } from './payment-world';

/** One thing that people other than the owner of the credentials get to see. */
interface Place {
	name: string;
	text: string;
	/** Secrets that belong there. */
	entitled?: readonly string[];
}

/**
 * Looks for keys, tokens and signing secrets wherever they must not be: n8n's log lines, execution records with all their
 * items and errors, exported workflows, everything in Kommo, and requests to anybody but the secret's own provider.
 * @returns a line for each find, without the secret itself
 */
export async function leaksOf(world: PaymentWorld): Promise<string[]> {
	const secrets = secretsOf(world);
	const leaks = new Set<string>();
	const lookAt = ({ name, text, entitled = [] }: Place) => {
		for (const [owner, secret] of secrets) {
			if (!entitled.includes(secret) && formsOf(secret).some((form) => text.includes(form))) {
				leaks.add(`${name} has a secret of ${owner}`);
			}
		}
	};
	world.n8n.logs.forEach((line) => lookAt({ name: "a line of n8n's log", text: line }));
	for (const place of [...kommoPlaces(world.kommo), ...requestPlaces(world)]) lookAt(place);
	for (const workflow of await world.n8n.exportedWorkflows()) {
		lookAt({ name: `the exported workflow "${workflow.name}"`, text: JSON.stringify(workflow) });
	}
	for (const { id } of await world.n8n.executions()) {
		lookAt({ name: `execution ${id}`, text: await world.n8n.executionRecord(id) });
	}
	return [...leaks];
}

/** Whose it is, and the secret. */
function secretsOf({ kommo, gateways }: PaymentWorld): Array<[string, string]> {
	const pairs: Array<[string, string]> = [
		['Kommo', kommo.token],
		...hookKeysOf(kommo).map((key): [string, string] => ["Kommo's webhook", key]),
		...gateways.flatMap((gateway) =>
			gateway.secrets().map((secret): [string, string] => [gateway.name, secret]),
		),
	];
	const usable = pairs.filter(([, secret]) => secret !== '');
	const distinct = new Map(usable.map(([owner, secret]) => [secret, owner]));
	return [...distinct].map(([secret, owner]) => [owner, secret]);
}

function hookKeysOf({ store }: KommoSimulator): string[] {
	return [...store.webhooks.keys()].map((url) => new URL(url).searchParams.get('key') ?? '');
}

/** As itself, in an address, inside of JSON, and in base64. */
function formsOf(secret: string): string[] {
	return [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams({ '': secret }).toString().slice(1),
		JSON.stringify(secret).slice(1, -1),
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	];
}

/** What Kommo's users see; the addresses of webhooks are for administrators. */
function kommoPlaces({ store }: KommoSimulator): Place[] {
	const { leads, contacts, notes, tasks } = store;
	return Object.entries({ leads, contacts, notes, tasks }).flatMap(([kind, entities]) =>
		[...entities.values()].map((entity) => ({
			name: `one of Kommo's ${kind}`,
			text: JSON.stringify(entity),
		})),
	);
}

/** A provider may see its own secrets in what it is sent, and nobody else's. */
function requestPlaces({ kommo, gateways }: PaymentWorld): Place[] {
	const receivers: Array<{ name: string; log: RequestLog; entitled: string[] }> = [
		{ name: 'Kommo', log: kommo.log, entitled: [kommo.token, ...hookKeysOf(kommo)] },
		...gateways.map((gateway) => ({
			name: gateway.name,
			log: gateway.log,
			entitled: gateway.secrets(),
		})),
	];
	return receivers.flatMap(({ name, log, entitled }) =>
		log.entries.map(({ method, path, query, headers, body }) => ({
			name: `a request to ${name}: ${method} ${path}`,
			text: [query, JSON.stringify(headers), body].join('\n'),
			entitled,
		})),
	);
}
