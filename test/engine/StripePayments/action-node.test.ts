import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../harness';
import { describeActionNode } from '../gateway/action-node';
import { startSimulatedStripe, stripeBench, type SimulatedStripe } from './stripe-bench';

describe('Stripe Payments', () => {
	describeActionNode(stripeBench);

	describe('a subscription', () => {
		const leadId = 7;
		let provider: SimulatedStripe;

		beforeEach(async () => (provider = await startSimulatedStripe()));
		afterEach(async () => await provider.close());

		async function json(parameters: IDataObject): Promise<IDataObject[]> {
			const [items = []] = await runNode(stripeBench.action, parameters, [{ json: {} }], {
				credentials: { stripePaymentsApi: provider.credential as Record<string, string> },
				credentialTypes: [stripeBench.credentialType],
			});
			return items.map((item) => item.json);
		}

		it('is sold by a link that repeats, and its payments are listed with those of the lead', async () => {
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
