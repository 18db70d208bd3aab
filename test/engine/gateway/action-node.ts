import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { PaymentRequest } from '../../../nodes/core/payment-request';
import { runNode, withoutPauses, type RunNodeSettings } from '../harness';
import type { GatewayBench, SimulatedProvider } from './bench';

const LEAD = 31415926;

/** What every gateway's action node does, whichever provider is behind it. */
export function describeActionNode(bench: GatewayBench): void {
	const { gateway } = bench;

	describe('the action node', () => {
		let provider: SimulatedProvider;

		beforeEach(async () => (provider = await bench.start()));
		afterEach(async () => await provider.close());

		/** @param fields of the credential that differ */
		async function run(
			operation: `${string}:${string}`,
			parameters: IDataObject = {},
			items: readonly object[] = [{}],
			{ fields = {}, ...settings }: RunNodeSettings & { fields?: IDataObject } = {},
		): Promise<INodeExecutionData[][]> {
			const [resource, value] = operation.split(':');
			const credential = { ...provider.credential, ...fields } as Record<string, string>;
			return await runNode(
				bench.action,
				{ resource, operation: value, ...parameters },
				items.map((json) => ({ json: json as IDataObject })),
				{
					credentials: { [gateway.credentialType]: credential },
					credentialTypes: [bench.credentialType],
					...settings,
				},
			);
		}

		async function json(...args: Parameters<typeof run>): Promise<IDataObject[]> {
			const [first = []] = await run(...args);
			return first.map((item) => item.json);
		}

		/** What "Kommo: Get Payment Request" emits. */
		function request(parts: Partial<PaymentRequest> = {}): PaymentRequest {
			return {
				leadId: LEAD,
				leadName: 'Website relaunch',
				contactId: 8,
				responsibleUserId: 9,
				amount: '1999.00',
				amountMinor: 199_900,
				currency: 'EUR',
				description: 'Website relaunch',
				customer: { name: 'Purchasing department', email: 'client@example.com', phone: null },
				existingLink: null,
				existingLinkId: null,
				ready: true,
				problems: [],
				...parts,
			};
		}

		async function create(parts: Partial<PaymentRequest> = {}): Promise<IDataObject> {
			const [link] = await json('paymentLink:create', {}, [request(parts)]);
			if (link === undefined) throw new Error('No link came out.');
			return link;
		}

		describe('create', () => {
			it('makes a link of what Get Payment Request emits, without anything typed in', async () => {
				expect(await create()).toMatchObject({
					gateway: gateway.id,
					leadId: LEAD,
					amount: '1999.00',
					amountMinor: 199_900,
					currency: 'EUR',
					status: 'active',
					live: false,
					reused: false,
				});
				expect(provider.openLinks()).toBe(1);
			});

			it('prefers what the user typed in to what the item says', async () => {
				const parameters = { leadId: '7', amount: '12.50', currency: 'usd', description: 'Other' };
				const [link] = await json('paymentLink:create', parameters, [request()]);
				expect(link).toMatchObject({ leadId: 7, amount: '12.50', currency: 'USD' });
			});

			it('takes expressions, item by item, and pairs each link with its item', async () => {
				const parameters = { leadId: '={{ $json.lead }}', amount: '={{ $json.sum }}' };
				const { currency, description, customer } = request();
				const items = [1, 2].map((lead) => ({
					lead,
					sum: lead * 100,
					currency,
					description,
					customer,
				}));
				const [links = []] = await run('paymentLink:create', parameters, items);
				expect(
					links.map(({ json: link, pairedItem }) => [link.leadId, link.amount, pairedItem]),
				).toEqual([
					[1, '100.00', { item: 0 }],
					[2, '200.00', { item: 1 }],
				]);
			});

			it('names the deal where nobody described what is paid for', async () => {
				expect((await create({ description: '' })).status).toBe('active');
			});

			it.each<[string, IDataObject, string]>([
				['no lead', { leadId: null }, 'Which lead is this link for?'],
				['a lead that is none', { leadId: 'abc' }, 'Which lead is this link for?'],
				['a lead below one', { leadId: 0 }, 'Which lead is this link for?'],
				['no amount', { amount: '' }, '"" is not an amount'],
				['an amount in words', { amount: 'a lot' }, '"a lot" is not an amount'],
				['a comma', { amount: '1999,00' }, '"1999,00" is not an amount'],
				['half a cent', { amount: '19.995' }, 'EUR has at most 2 decimals'],
				['nothing to pay', { amount: '0' }, 'more than'],
				['less than nothing', { amount: '-5' }, 'more than'],
				['no currency', { currency: '' }, '"" is not a currency code'],
				['a currency sign', { currency: '€' }, '"€" is not a currency code'],
			])('refuses %s, and says what to change', async (_name, parts, message) => {
				const items = [{ ...request(), ...parts }];
				await expect(run('paymentLink:create', {}, items)).rejects.toThrow(message);
				expect(provider.openLinks()).toBe(0);
			});

			it('hands back the link that the lead has, when it is still right', async () => {
				const first = await create();
				const again = await create({
					existingLink: String(first.url),
					existingLinkId: String(first.linkId),
				});
				expect([again.linkId, again.reused]).toEqual([first.linkId, true]);
				expect(provider.openLinks()).toBe(1);
			});

			it('makes one link when two executions ask for the same at one moment', async () => {
				const [first, second] = await Promise.all([create(), create()]);
				expect(first?.linkId).toBe(second?.linkId);
				expect(provider.openLinks()).toBe(1);
			});

			it('makes a link for each lead', async () => {
				const items = [request({ leadId: 1 }), request({ leadId: 2 })];
				const links = await json('paymentLink:create', {}, items);
				expect(links.map(({ leadId }) => leadId)).toEqual([1, 2]);
				expect(provider.openLinks()).toBe(2);
			});
		});

		describe('an item that fails', () => {
			const items = [request({ leadId: 1 }), request({ leadId: 2, amount: 'much' })];

			it('stops the node', async () => {
				await expect(run('paymentLink:create', {}, items)).rejects.toMatchObject({
					message: expect.stringContaining('"much" is not an amount') as string,
					context: expect.objectContaining({ itemIndex: 1 }) as unknown,
				});
			});

			it('goes on as an item with the reason where the node is to continue', async () => {
				const [output = []] = await run('paymentLink:create', {}, items, {
					onError: 'continueRegularOutput',
				});
				expect(output).toEqual([
					{ json: expect.objectContaining({ leadId: 1 }) as unknown, pairedItem: { item: 0 } },
					{
						json: {
							error: expect.stringContaining('"much" is not an amount') as string,
							details: expect.any(String) as string,
						},
						pairedItem: { item: 1 },
					},
				]);
			});

			it('leaves through the error output with the fields of its deal', async () => {
				const [succeeded = [], failed = []] = await run('paymentLink:create', {}, items, {
					onError: 'continueErrorOutput',
				});
				expect(succeeded.map(({ json: link }) => link.leadId)).toEqual([1]);
				expect(failed.map((item) => item.json)).toEqual([
					{
						...items[1],
						error: expect.stringContaining('"much" is not an amount') as string,
						details: expect.any(String) as string,
					},
				]);
			});
		});

		describe('get', () => {
			it('shows how a link stands, by its id or by the item of its creation', async () => {
				const link = await create();
				const [byItem] = await json('paymentLink:get', {}, [link]);
				expect(byItem).toMatchObject({ linkId: link.linkId, status: 'active', amount: '1999.00' });
				const [byId] = await json('paymentLink:get', { linkId: String(link.linkId) });
				expect(byId).toMatchObject({ linkId: link.linkId, status: 'active' });
			});

			it('shows that it was paid', async () => {
				const link = await create();
				await provider.pay(String(link.url));
				const [paid] = await json('paymentLink:get', {}, [link]);
				expect(paid).toMatchObject({ linkId: link.linkId, status: 'paid' });
			});

			it('needs to know which', async () => {
				await expect(run('paymentLink:get')).rejects.toThrow('Which payment link?');
			});
		});

		if (gateway.paymentLinks.deactivate) {
			it('deactivate closes a link', async () => {
				const link = await create();
				const [closed] = await json('paymentLink:deactivate', {}, [link]);
				expect(closed).toMatchObject({ linkId: link.linkId, status: 'inactive' });
				expect(provider.openLinks()).toBe(0);
			});
		}

		describe('payments', () => {
			async function payFor(...leadIds: number[]): Promise<void> {
				for (const leadId of leadIds) await provider.pay(String((await create({ leadId })).url));
			}
			const types = ['payment.succeeded'];

			it('are listed as the events that a webhook would have brought', async () => {
				await payFor(1, 2);
				const [items = []] = await run('payment:getAll', { returnAll: true, filters: { types } });
				expect(
					items.map(({ json: event, pairedItem }) => [event.leadId, event.type, pairedItem]).sort(),
				).toEqual([
					[1, 'payment.succeeded', { item: 0 }],
					[2, 'payment.succeeded', { item: 0 }],
				]);
			});

			it('are listed up to the limit', async () => {
				await payFor(1, 2, 3);
				expect(await json('payment:getAll', { limit: 2, filters: { types } })).toHaveLength(2);
			});

			it('are listed from a moment on', async () => {
				await payFor(1);
				const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
				const since = async (time: string) =>
					await json('payment:getAll', { filters: { types, since: time } });
				expect(await since(at(-1))).toHaveLength(1);
				expect(await since(at(1))).toEqual([]);
				await expect(since('yesterday')).rejects.toThrow('"yesterday" is not a date');
			});

			it('are listed as far back as the user wants to look', async () => {
				await payFor(1);
				const inThreeHours = Date.now() + 3 * 3_600_000;
				const lookingBack = async (lookBackHours: number) => {
					const now = jest.spyOn(Date, 'now').mockReturnValue(inThreeHours);
					const found = await json('payment:getAll', { lookBackHours, filters: { types } });
					now.mockRestore();
					return found;
				};
				expect(await lookingBack(2)).toEqual([]);
				expect(await lookingBack(4)).toHaveLength(1);
			});

			it('are listed of one lead', async () => {
				await payFor(1, 2);
				const filters = { types, leadId: '2' };
				const found = await json('payment:getAll', { returnAll: true, filters });
				expect(found.map(({ leadId }) => leadId)).toEqual([2]);
			});

			it('are not listed of everybody where the lead is none', async () => {
				await payFor(1);
				const attempt = json('payment:getAll', { filters: { types, leadId: 'abc' } });
				await expect(attempt).rejects.toThrow('"abc" is not the number of a lead');
			});

			it('are looked up one by one', async () => {
				await payFor(1);
				const [event] = await json('payment:getAll', { filters: { types } });
				const [byItem] = await json('payment:get', {}, [event ?? {}]);
				expect(byItem).toMatchObject({
					type: 'payment.succeeded',
					paymentId: event?.paymentId,
					leadId: 1,
					amount: '1999.00',
				});
				const [byId] = await json('payment:get', { paymentId: String(event?.paymentId) });
				expect(byId).toMatchObject({ paymentId: event?.paymentId });
				await expect(run('payment:get')).rejects.toThrow('Which payment?');
			});
		});

		describe('the key', () => {
			it.each([
				['https://api.example.com', 'api.example.com is not a host of'],
				['http://192.0.2.1', 'The key is sent over https only'],
				['https://user:word@api.example.com', 'must not contain a user name'],
			])('is not sent to %s, and no second try is made', async (baseUrl, message) => {
				const authenticate = jest.spyOn(bench.credentialType, 'authenticate' as never);
				const attempt = run('paymentLink:create', {}, [request()], { fields: { baseUrl } });
				await expect(attempt).rejects.toThrow(message);
				expect(authenticate).toHaveBeenCalledTimes(1);
				authenticate.mockRestore();
			});

			it('shows in no output and no error', async () => {
				const keys = Object.values(provider.credential).filter((field) => field !== provider.url);
				const texts = [JSON.stringify(await create())];
				for (const kind of ['drop', 'answer'] as const) {
					provider.faults.add({ kind, status: 500, body: {} });
					const error: unknown = await withoutPauses(async () => await create()).catch(
						(caught: unknown) => caught,
					);
					expect(error).toBeInstanceOf(Error);
					texts.push(JSON.stringify(error, Object.getOwnPropertyNames(error)));
					provider.faults.clear();
				}
				for (const key of keys) expect(texts.join()).not.toContain(String(key));
			});
		});

		it('says that the provider could not be reached, and what to do', async () => {
			await provider.close();
			const attempt = withoutPauses(async () => await create());
			await expect(attempt).rejects.toMatchObject({
				message: `${gateway.displayName} could not be reached`,
				description: expect.stringMatching(/refused the connection.*run this again/) as string,
			});
		});

		it('names an operation that it does not know', async () => {
			await expect(run('paymentLink:merge')).rejects.toThrow('no operation "paymentLink: merge"');
		});
	});
}
