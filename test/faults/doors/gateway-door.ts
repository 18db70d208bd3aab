import type { IDataObject } from 'n8n-workflow';
import { PAYMENT_EVENT_TYPES } from '../../../nodes/core/payment-event';
import { callWebhook, processedData, runNode } from '../../engine/harness';
import type { GatewayBench, SimulatedProvider } from '../../engine/gateway/bench';
import { checkoutComBench } from '../../engine/CheckoutComPayments/checkout-com-bench';
import { flutterwaveBench } from '../../engine/FlutterwavePayments/flutterwave-bench';
import { paddleBench } from '../../engine/PaddlePayments/paddle-bench';
import { stripeBench } from '../../engine/StripePayments/stripe-bench';
import type { GatewayTriggerId } from '../matrix';
import type { Attempt, Door, DoorSettings } from './door';
import { SIGNERS } from './signers';

export const BENCHES: Readonly<Record<GatewayTriggerId, GatewayBench>> = {
	stripe: stripeBench,
	checkoutCom: checkoutComBench,
	paddle: paddleBench,
	flutterwave: flutterwaveBench,
};

export const LEAD = 31415926;

/** Made of words, so that nobody takes it for a real one. */
const SECRET = 'signing-secret-of-the-trigger';

export interface GatewayDoor extends Door {
	readonly provider: SimulatedProvider;
}

/**
 * A gateway's trigger, registered by hand: then it takes two secrets, as during a rotation.
 * @param running a provider that is there already
 */
export async function openGatewayDoor(
	trigger: GatewayTriggerId,
	running?: SimulatedProvider,
): Promise<GatewayDoor> {
	const bench = BENCHES[trigger];
	const provider = running ?? (await bench.start());
	const { id: eventId, body } = await provider.payment(LEAD);
	if (eventId === '') throw new Error('The payment made no event.');
	const signer = SIGNERS[trigger];
	let executions = 0;
	let workflow = 1;

	const credentials = ({ secret = SECRET, previousSecret = '' }: DoorSettings) => ({
		credentials: {
			[bench.gateway.credentialType]: {
				...provider.credential,
				signingSecret: secret ?? '',
				previousSigningSecret: previousSecret,
			} as Record<string, string>,
		},
		credentialTypes: [bench.credentialType],
	});
	const parameters = (settings: DoorSettings): IDataObject => ({
		registration: 'manual',
		events: [...PAYMENT_EVENT_TYPES],
		...settings.parameters,
	});
	const attempt = (rawBody: Buffer, signature: Record<string, string>): Attempt => ({
		rawBody,
		headers: { 'content-type': 'application/json', ...signature },
	});

	return {
		trigger,
		secret: SECRET,
		body,
		provider,
		bodyWith: (text) =>
			Buffer.concat([Buffer.from('{"note":"'), text, Buffer.from('",'), body.subarray(1)]),
		signed: (signed, { secret = SECRET, atMs = Date.now() } = {}) => {
			const timestamp = unixSeconds(atMs);
			return attempt(signed, signer.header([signer.proof(signed, secret, timestamp)], timestamp));
		},
		proof: (signed, { secret = SECRET, timestamp = unixSeconds(Date.now()) } = {}) =>
			signer.proof(signed, secret, timestamp),
		withProofs: (signed, proofs, { timestamp = unixSeconds(Date.now()), scheme } = {}) =>
			attempt(signed, signer.header(proofs, timestamp, scheme)),
		async send({ method, rawBody, headers, query }, settings = {}) {
			return await callWebhook(
				bench.trigger,
				parameters(settings),
				{ method, rawBody, headers, query },
				{
					...credentials(settings),
					workflowId: settings.workflowId ?? `workflow ${workflow}`,
					response: settings.response,
				},
			);
		},
		async execute({ items }, settings = {}) {
			executions += 1;
			const [output = []] = await runNode(bench.trigger, parameters(settings), items?.[0] ?? [], {
				...credentials(settings),
				// The same node as webhook() ran in.
				nodeName: 'Trigger',
				mode: 'webhook',
				executionId: `${trigger} ${executions}`,
				workflowId: settings.workflowId ?? `workflow ${workflow}`,
			});
			return output;
		},
		reset() {
			processedData.reset();
			// What the process remembers of deliveries, it remembers for each workflow apart.
			workflow += 1;
		},
		close: async () => await provider.close(),
	};
}

function unixSeconds(atMs: number): string {
	return String(Math.floor(atMs / 1000));
}
