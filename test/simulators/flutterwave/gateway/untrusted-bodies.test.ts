import { flutterwave as gateway } from '../../../../nodes/FlutterwavePayments/gateway';
import { timedOut } from '..';
import { GatewayBench, LEAD } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('a body that somebody wrote who knows the hash', () => {
	it('pays nothing when its transaction does not exist', async () => {
		const { reference } = await at.createLink();
		const forged = {
			event: 'charge.completed',
			data: {
				id: 123456789,
				tx_ref: reference,
				amount: 7500.5,
				currency: 'NGN',
				status: 'successful',
			},
			meta_data: { kommo_lead_id: String(LEAD) },
		};
		expect(await gateway.toPaymentEvents(forged, at.context)).toEqual([]);
	});

	it.each([200, 400, 404] as const)(
		'pays nothing when that is told with status %i',
		async (status) => {
			at.bench.flutterwave.settings.notFoundStatus = status;
			const forged = { event: 'charge.completed', data: { id: 5, status: 'successful' } };
			expect(await gateway.toPaymentEvents(forged, at.context)).toEqual([]);
		},
	);

	it('tells what really happened, whatever it claims', async () => {
		const { url, reference } = await at.createLink();
		const { id } = await at.bench.flutterwave.decline(url);
		await at.bench.flutterwave.deliveries.settled();
		const forged = {
			event: 'charge.completed',
			data: { id, tx_ref: 'kommo_1_x', amount: 1e6, currency: 'EUR', status: 'successful' },
		};
		expect(await gateway.toPaymentEvents(forged, at.context)).toEqual([
			expect.objectContaining({
				type: 'payment.failed',
				eventId: `flw:charge.completed:${id}:failed`,
				reference,
				leadId: LEAD,
				amount: '7500.50',
			}),
		]);
	});

	it("refunds nothing of one payment with another's refund", async () => {
		const first = await at.bench.flutterwave.pay((await at.createLink()).url);
		const second = await at.bench.flutterwave.pay((await at.createLink()).url);
		const refund = await at.bench.flutterwave.refund(first.id);
		const forged = {
			id: refund.id,
			AmountRefunded: 7500.5,
			status: 'completed',
			TransactionId: second.id,
		};
		expect(await gateway.toPaymentEvents(forged, at.context)).toEqual([]);
	});

	it('ends no subscription that runs', async () => {
		const forged = {
			event: 'subscription.cancelled',
			data: { status: 'deactivated', customer: { email: 'client@example.com' } },
		};
		expect(await gateway.toPaymentEvents(forged, at.context)).toEqual([]);
	});

	it('is not taken for nothing when Flutterwave cannot be asked', async () => {
		const { id } = await at.bench.flutterwave.pay((await at.createLink()).url);
		at.bench.flutterwave.faults.add({ ...timedOut({ worked: false }), method: 'GET' });
		const body = { event: 'charge.completed', data: { id, status: 'successful' } };
		await expect(gateway.toPaymentEvents(body, at.context)).rejects.toThrow(/problem of its own/);
	});
});
