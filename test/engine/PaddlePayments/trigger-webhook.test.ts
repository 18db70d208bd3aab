import type { IDataObject } from 'n8n-workflow';
import { storedRegistration } from '../gateway/bench';
import { describeTriggerWebhook } from '../gateway/trigger-webhook';
import { callWebhook } from '../harness';
import { paddleBench, startSimulatedPaddle, type SimulatedPaddle } from './paddle-bench';

describe('Paddle Payments Trigger', () => {
	describeTriggerWebhook(paddleBench);

	describe("an event of Paddle's webhook simulator", () => {
		const secret = 'signing-secret-of-the-trigger';
		let provider: SimulatedPaddle;

		beforeEach(async () => (provider = await startSimulatedPaddle()));
		afterEach(async () => await provider.close());

		it.each<[string, IDataObject, string | null]>([
			['is passed over', {}, null],
			['is taken where the user wants it', { includeSimulated: true }, 'ntfsimevt_1'],
		])('%s', async (_name, options, expected) => {
			const { body } = await provider.payment(7);
			const event = JSON.parse(body.toString('utf8')) as object;
			const rawBody = Buffer.from(JSON.stringify({ ...event, event_id: 'ntfsimevt_1' }));
			const call = await callWebhook(
				paddleBench.trigger,
				{ registration: 'automatic', options },
				{ rawBody, headers: provider.sign(rawBody, secret, Date.now()) },
				{
					workflowId: 'simulated events',
					staticData: storedRegistration(paddleBench.gateway, provider.credential, { secret }),
					credentials: { paddlePaymentsApi: provider.credential as Record<string, string> },
					credentialTypes: [paddleBench.credentialType],
				},
			);
			expect(call.status).toBe(200);
			expect(call.items?.[0]?.[0]?.json.eventId ?? null).toBe(expected);
		});
	});
});
