import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { callLoadOptions, runNode } from '../harness';
import { describeActionNode } from '../gateway/action-node';
import { paddleBench, startSimulatedPaddle, type SimulatedPaddle } from './paddle-bench';

describe('Paddle Payments', () => {
	describeActionNode(paddleBench);

	describe('the catalog', () => {
		let provider: SimulatedPaddle;

		beforeEach(async () => (provider = await startSimulatedPaddle()));
		afterEach(async () => await provider.close());

		const settings = () => ({
			credentials: { paddlePaymentsApi: provider.credential as Record<string, string> },
			credentialTypes: [paddleBench.credentialType],
		});

		it('is offered by name, and sold by a link', async () => {
			const { id } = provider.simulator.createProduct('Gold');
			provider.simulator.createPrice(id, '2900', 'EUR', 'month');
			const loaded = await callLoadOptions(paddleBench.action, 'getPrices', {}, settings());
			const prices = loaded as INodePropertyOptions[];
			expect(prices.map(({ name }) => name)).toEqual(['Gold, 2900 EUR: 29.00 EUR every month']);
			const parameters: IDataObject = {
				resource: 'paymentLink',
				operation: 'create',
				leadId: '7',
				amount: '58.00',
				currency: 'EUR',
				options: { priceIds: prices.map(({ value }) => String(value)), quantity: 2 },
			};
			const [[link] = []] = await runNode(
				paddleBench.action,
				parameters,
				[{ json: {} }],
				settings(),
			);
			expect(link?.json).toMatchObject({ leadId: 7, amount: '58.00', currency: 'EUR' });
		});

		it('that the key may not read is explained', async () => {
			provider.simulator.settings.permissions = new Set();
			await expect(
				callLoadOptions(paddleBench.action, 'getPrices', {}, settings()),
			).rejects.toMatchObject({
				message: expect.stringContaining('The Paddle API key may not do this') as string,
			});
		});
	});
});
