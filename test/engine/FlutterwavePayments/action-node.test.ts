import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { Client } from '../../simulators/flutterwave/test-flutterwave';
import { describeActionNode } from '../gateway/action-node';
import { callLoadOptions, runNode } from '../harness';
import {
	flutterwaveBench,
	startSimulatedFlutterwave,
	type SimulatedFlutterwave,
} from './flutterwave-bench';

describe('Flutterwave Payments', () => {
	describeActionNode(flutterwaveBench);

	describe('what only Flutterwave has', () => {
		let provider: SimulatedFlutterwave;

		beforeEach(async () => (provider = await startSimulatedFlutterwave()));
		afterEach(async () => await provider.close());

		const settings = () => ({
			credentials: { flutterwavePaymentsApi: provider.credential as Record<string, string> },
			credentialTypes: [flutterwaveBench.credentialType],
		});

		async function json(parameters: IDataObject, item: IDataObject = {}): Promise<IDataObject[]> {
			const items = [{ json: item }];
			const [output = []] = await runNode(flutterwaveBench.action, parameters, items, settings());
			return output.map((out) => out.json);
		}

		const create = async (options: IDataObject = {}) => {
			const [link] = await json({
				resource: 'paymentLink',
				operation: 'create',
				leadId: '7',
				amount: '5000',
				currency: 'NGN',
				customerEmail: 'client@example.com',
				options,
			});
			return link ?? {};
		};

		it('offers the payment plans by name, and makes links of them', async () => {
			await new Client(provider.url, provider.simulator.secretKey).post('/payment-plans', {
				name: 'Care',
				interval: 'monthly',
				amount: 5000,
				currency: 'NGN',
			});
			const choices = (await callLoadOptions(
				flutterwaveBench.action,
				'getPaymentPlans',
				{},
				settings(),
			)) as INodePropertyOptions[];
			const [plan] = provider.simulator.store.plans.values();
			expect(choices).toEqual([
				{ name: 'None (One Payment)', value: '' },
				{ name: 'Care (monthly, 5000.00 NGN)', value: String(plan?.id) },
			]);
			await create({ paymentPlan: choices[1]?.value });
			const [link] = provider.simulator.store.links.values();
			expect(link?.planId).toBe(plan?.id);
		});

		it('closes the link that Get Payment Request names, by its address', async () => {
			const link = await create();
			const request = { existingLinkId: link.linkId, existingLink: link.url };
			const parameters = { resource: 'paymentLink', operation: 'deactivate' };
			expect(await json(parameters, request)).toMatchObject([{ status: 'inactive' }]);
			expect(provider.openLinks()).toBe(0);
		});

		it('closes the link of the parameters, and not the one of an item about another', async () => {
			const link = await create();
			const other = { linkId: 'kommo_8_x', url: String(link.url) };
			const parameters = { resource: 'paymentLink', operation: 'deactivate' };
			const linkId = String(link.linkId);
			await expect(json({ ...parameters, linkId }, other)).rejects.toThrow(/by its address only/);
			const linkUrl = String(link.url);
			expect(await json({ ...parameters, linkId, linkUrl }, other)).toMatchObject([
				{ status: 'inactive' },
			]);
		});
	});
});
