import type { IDataObject } from 'n8n-workflow';
import { callWebhook, type HookSettings, type WebhookCall, type WebhookSettings } from '../harness';
import {
	storedRegistration,
	type GatewayBench,
	type ProviderEvent,
	type SimulatedProvider,
} from './bench';

/** Made of words, so that nobody takes it for a real one. */
const SECRET = 'signing-secret-of-the-trigger';
const OTHER_SECRET = 'signing-secret-of-somebody-else';
const LEAD = 31415926;

type Headers = Record<string, string>;

/** What a trigger's webhook() does with deliveries, genuine and other. */
export function describeTriggerWebhook(bench: GatewayBench): void {
	const { gateway } = bench;
	const tolerance = gateway.webhook.defaultToleranceSeconds;

	describe('webhook()', () => {
		let provider: SimulatedProvider;
		let event: ProviderEvent;
		let workflows = 0;
		let workflowId: string;

		beforeAll(async () => {
			provider = await bench.start();
			event = await provider.payment(LEAD);
		});
		afterAll(async () => await provider.close());
		beforeEach(() => {
			// Each test has a trigger of its own: what one has seen, another has not.
			workflowId = `workflow ${(workflows += 1)}`;
		});

		const sign = ({ body }: ProviderEvent, secret = SECRET, atMs = Date.now()): Headers =>
			provider.sign(body, secret, atMs);

		/** A trigger that knows the secret, in whichever way this provider's triggers learn it. */
		const knowing = (secret: string): WebhookSettings & { parameters: IDataObject } =>
			gateway.registration === null
				? byHand({ signingSecret: secret })
				: {
						parameters: { registration: 'automatic' },
						staticData: storedRegistration(gateway, provider.credential, { secret }),
						...credentials({}),
					};

		const byHand = (fields: IDataObject) => ({
			parameters: { registration: 'manual' },
			...credentials(fields),
		});

		const credentials = (fields: IDataObject): HookSettings => ({
			credentials: {
				[gateway.credentialType]: { ...provider.credential, ...fields } as Record<string, string>,
			},
			credentialTypes: [bench.credentialType],
		});

		async function deliver(
			delivered: ProviderEvent,
			headers: Headers,
			{ parameters = {}, ...settings }: WebhookSettings & { parameters?: IDataObject } = knowing(
				SECRET,
			),
		): Promise<WebhookCall> {
			const request = { rawBody: delivered.body, headers };
			return await callWebhook(bench.trigger, parameters, request, { workflowId, ...settings });
		}

		function expectRefused(call: WebhookCall): void {
			expect(call.status).toBe(401);
			expect(call.items).toBeNull();
			expect(call.error).toBeNull();
			expect(JSON.stringify(call.body)).not.toContain(SECRET);
		}

		describe('a genuine delivery', () => {
			it('is answered with 200 and starts an execution with the body as it came', async () => {
				const call = await deliver(event, sign(event));
				expect(call.error).toBeNull();
				expect(call.status).toBe(200);
				expect(call.items).toEqual([
					[
						{
							json: expect.objectContaining({
								eventId: event.id,
								live: false,
								body: JSON.parse(event.body.toString('utf8')) as unknown,
							}) as unknown,
						},
					],
				]);
			});

			it('leaves no secret in the execution', async () => {
				const call = await deliver(event, sign(event));
				const stored = JSON.stringify(call.items);
				expect(stored).not.toContain(SECRET);
				for (const secret of Object.values(provider.credential)) {
					if (secret !== provider.url) expect(stored).not.toContain(String(secret));
				}
			});

			it.each(['application/json; charset=utf-8', 'text/plain', 'application/octet-stream'])(
				'is accepted as %s too',
				async (contentType) => {
					const call = await deliver(event, { ...sign(event), 'content-type': contentType });
					expect([call.status, call.items?.length]).toEqual([200, 1]);
				},
			);

			if (gateway.registration !== null) {
				it('takes the credential once, to open the secret that was kept at activation', async () => {
					const settings = knowing(SECRET);
					expect((await deliver(event, sign(event), settings)).status).toBe(200);
					const without = { ...settings, credentials: {} };
					expect((await deliver(event, sign(event), without)).status).toBe(200);
				});
			}

			it('costs no request to the provider', async () => {
				provider.log.clear();
				await deliver(event, sign(event));
				expect(provider.log.entries).toEqual([]);
			});
		});

		describe('is refused with 401 and starts nothing', () => {
			it("with somebody else's secret", async () => {
				expectRefused(await deliver(event, sign(event, OTHER_SECRET)));
			});

			it('without a signature', async () => {
				expectRefused(await deliver(event, {}));
			});

			it('with a signature that is none', async () => {
				const headers = Object.keys(sign(event)).map((name) => [name, 'forged'] as const);
				expectRefused(await deliver(event, Object.fromEntries(headers)));
			});

			it('with an empty signature', async () => {
				const headers = Object.keys(sign(event)).map((name) => [name, ''] as const);
				expectRefused(await deliver(event, Object.fromEntries(headers)));
			});

			if (bench.signsBody) {
				it('when a single byte of the body was changed', async () => {
					const forged = { ...event, body: Buffer.concat([event.body, Buffer.from(' ')]) };
					expectRefused(await deliver(forged, sign(event)));
				});
			}

			if (gateway.registration !== null) {
				it('as long as no registration has told a secret', async () => {
					const settings = { ...knowing(SECRET), staticData: {} };
					expectRefused(await deliver(event, sign(event), settings));
					expectRefused(await deliver(event, sign(event, ''), settings));
				});

				it('with 503 when the API key was replaced: the provider comes again', async () => {
					const settings = {
						...knowing(SECRET),
						...credentials({ [gateway.apiKeyField]: 'another key' }),
					};
					const call = await deliver(event, sign(event), settings);
					expect([call.status, call.items, call.error]).toEqual([503, null, null]);
				});

				it("with the credential's secret where the trigger registered itself", async () => {
					const settings = {
						...knowing(SECRET),
						...credentials({ signingSecret: OTHER_SECRET }),
					};
					expectRefused(await deliver(event, sign(event, OTHER_SECRET), settings));
				});
			}

			it.each(['', '   '])('with the secret %j in the credential', async (secret) => {
				const settings = byHand({ signingSecret: secret, previousSigningSecret: secret });
				expectRefused(await deliver(event, sign(event, secret), settings));
				expectRefused(await deliver(event, {}, settings));
			});
		});

		describe('registered by hand', () => {
			const both = { signingSecret: SECRET, previousSigningSecret: OTHER_SECRET };
			it.each<[string, IDataObject, string, number]>([
				['the secret', { signingSecret: SECRET }, SECRET, 200],
				['the secret with white space around it', { signingSecret: ` ${SECRET}\n` }, SECRET, 200],
				['another secret', { signingSecret: SECRET }, OTHER_SECRET, 401],
				['the new secret of two', both, SECRET, 200],
				['the previous secret of two', both, OTHER_SECRET, 200],
				['the previous secret alone', { previousSigningSecret: SECRET }, SECRET, 200],
				['a third secret', both, 'signing-secret-of-a-third', 401],
			])('a delivery signed with %s', async (_name, fields, signedWith, status) => {
				const call = await deliver(event, sign(event, signedWith), byHand(fields));
				expect(call.status).toBe(status);
				expect(call.items === null).toBe(status !== 200);
			});
		});

		if (tolerance !== null) {
			describe('the time of the signature', () => {
				const now = Date.UTC(2026, 10, 20, 10, 0, 0, 400);
				beforeEach(() => {
					jest.useFakeTimers({
						now,
						doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout', 'setInterval'],
					});
				});
				afterEach(() => jest.useRealTimers());

				it.each<[number, number, number]>([
					[tolerance, 0, 200],
					[tolerance, -tolerance, 200],
					[tolerance, tolerance, 200],
					[tolerance, -tolerance - 1, 401],
					[tolerance, tolerance + 1, 401],
					[10, -10, 200],
					[10, -11, 401],
					[10, 11, 401],
					[0, -86_400, 200],
				])('with a tolerance of %i s, %i s away: %i', async (seconds, away, status) => {
					const settings = knowing(SECRET);
					const call = await deliver(event, sign(event, SECRET, now + away * 1000), {
						...settings,
						parameters: { ...settings.parameters, tolerance: seconds },
					});
					expect([call.status, call.items === null]).toEqual([status, status !== 200]);
				});

				it('is held against the usual tolerance when the user chose none', async () => {
					const at = now - (tolerance + 1) * 1000;
					expectRefused(await deliver(event, sign(event, SECRET, at)));
				});
			});
		}

		describe('a body that is no event, under a genuine signature,', () => {
			it.each(['{}', '[]', '"text"', 'null', '42', '[{"id":"1"}]'])(
				'such as %s is answered with 400',
				async (text) => {
					const odd = { id: '', body: Buffer.from(text) };
					const call = await deliver(odd, sign(odd));
					expect([call.status, call.items, call.error]).toEqual([400, null, null]);
				},
			);

			it.each(['{"id":', 'a=b', '', '\u0000'])('such as %j too, as text', async (text) => {
				const odd = { id: '', body: Buffer.from(text) };
				const headers = { ...sign(odd), 'content-type': 'text/plain' };
				const call = await deliver(odd, headers);
				expect([call.status, call.items, call.error]).toEqual([400, null, null]);
			});

			it('is refused by n8n itself when it is called JSON and is none', async () => {
				const odd = { id: '', body: Buffer.from('{"id":') };
				const call = await deliver(odd, sign(odd));
				expect([call.status, call.items, call.error]).toEqual([422, null, null]);
			});
		});

		describe('an event that nobody wants', () => {
			it('because it means nothing to us is answered with 200 and starts nothing', async () => {
				const uninteresting = await provider.uninterestingEvent();
				const call = await deliver(uninteresting, sign(uninteresting));
				expect([call.status, call.items, call.error]).toEqual([200, null, null]);
			});

			it('because its type was not chosen is answered with 200 and starts nothing', async () => {
				const settings = knowing(SECRET);
				const call = await deliver(event, sign(event), {
					...settings,
					parameters: { ...settings.parameters, events: ['payment.disputed'] },
				});
				expect([call.status, call.items, call.error]).toEqual([200, null, null]);
			});
		});

		describe('the same event once more', () => {
			const again = async (settings: WebhookSettings = {}) =>
				await deliver(event, sign(event), { ...knowing(SECRET), ...settings });
			const outcome = ({ status, items }: WebhookCall) => [status, items !== null];

			it('is put off with 503 while the first one is not answered yet', async () => {
				const first = await again({ response: 'hold' });
				expect(first.items).not.toBeNull();
				expect(outcome(await again())).toEqual([503, false]);
				await first.closed();
				expect(outcome(first)).toEqual([200, true]);
			});

			it('is answered with 200 and starts nothing after the first one was', async () => {
				await again();
				expect(outcome(await again())).toEqual([200, false]);
			});

			it('is accepted when n8n could not store the first one', async () => {
				const first = await again({ response: 'hold' });
				await first.closed(500);
				expect(outcome(await again())).toEqual([200, true]);
			});

			it('is accepted when the provider had hung up before the answer', async () => {
				const first = await again({ response: 'hold' });
				await first.closed('hang up');
				expect(outcome(await again())).toEqual([200, true]);
			});

			it('is accepted after a forgery with its id', async () => {
				expectRefused(await deliver(event, sign(event, OTHER_SECRET)));
				expect(outcome(await again())).toEqual([200, true]);
			});

			it('is another event for another workflow, and for another trigger of the same', async () => {
				await again();
				expect(outcome(await again({ workflowId: `${workflowId}, copied` }))).toEqual([200, true]);
				const nodeId = '00000000-0000-4000-8000-000000000001';
				expect(outcome(await again({ nodeId }))).toEqual([200, true]);
			});

			it('starts an execution each time a person listens for a test event', async () => {
				expect(outcome(await again({ mode: 'manual' }))).toEqual([200, true]);
				expect(outcome(await again({ mode: 'manual' }))).toEqual([200, true]);
				expect(outcome(await again())).toEqual([200, true]);
			});

			it('of thirty at one moment starts one execution', async () => {
				const calls = await Promise.all(Array.from({ length: 30 }, () => again()));
				expect(calls.filter(({ items }) => items !== null)).toHaveLength(1);
				expect(calls.every(({ status }) => status === 200 || status === 503)).toBe(true);
			});
		});
	});
}
