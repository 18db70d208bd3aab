import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../harness';
import { describeActionNode } from '../gateway/action-node';
import { startSimulatedStripe, stripeBench, type SimulatedStripe } from './stripe-bench';

describe('Stripe Payments', () => {
	describeActionNode(stripeBench);

	describe('at Stripe', () => {
		const leadId = 7;
		let provider: SimulatedStripe;

		beforeEach(async () => (provider = await startSimulatedStripe()));
		afterEach(async () => await provider.close());

		async function json(parameters: IDataObject, item: IDataObject = {}): Promise<IDataObject[]> {
			const [items = []] = await runNode(stripeBench.action, parameters, [{ json: item }], {
				credentials: { stripePaymentsApi: provider.credential as Record<string, string> },
				credentialTypes: [stripeBench.credentialType],
			});
			return items.map(({ json: output }) => output);
		}

		it('what other shops of the account sell is listed only where it is asked for', async () => {
			await provider.uninterestingEvent();
			const listed = async (filters: IDataObject) =>
				await json({ resource: 'payment', operation: 'getAll', filters });
			expect(await listed({})).toEqual([]);
			expect(await listed({ withoutLead: true })).toMatchObject([{ leadId: null }]);
		});

		it('a link is deactivated for a card that holds the id of a declined payment', async () => {
			const parameters = { resource: 'paymentLink', leadId, amount: '29.00', currency: 'EUR' };
			const [link] = await json({ ...parameters, operation: 'create' });
			const { paymentIntentId } = await provider.simulator.decline(String(link?.url));
			const card = { existingLinkId: paymentIntentId, existingLink: link?.url };
			expect(await json({ ...parameters, operation: 'deactivate' }, card)).toMatchObject([
				{ linkId: link?.linkId, status: 'inactive' },
			]);
			expect(provider.openLinks()).toBe(0);
		});

		it('a subscription is sold by a link that repeats, and its payments are listed with those of the lead', async () => {
			const [link] = await json({
				resource: 'paymentLink',
				operation: 'create',
				leadId: String(leadId),
				amount: '29.00',
				currency: 'EUR',
				options: { interval: 'month' },
			});
			const { subscriptionId } = await provider.simulator.pay(String(link?.url));
			await provider.simulator.renew(subscriptionId ?? '');
			const payments = await json({
				resource: 'payment',
				operation: 'getAll',
				filters: { leadId, types: ['payment.succeeded'] },
			});
			expect(payments.map((payment) => [payment.leadId, payment.amount])).toEqual([
				[leadId, '29.00'],
				[leadId, '29.00'],
			]);
			expect(new Set(payments.map(({ paymentId }) => paymentId)).size).toBe(2);
		});
	});
});
