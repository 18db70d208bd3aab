import { flutterwave as gateway } from '../../../../nodes/FlutterwavePayments/gateway';
import { parseMoney } from '../../../../nodes/core/money';
import { GatewayBench, LEAD, short } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('a payment by a link', () => {
	it('is told as succeeded with everything that the lead needs', async () => {
		const { url, reference, linkId } = await at.createLink();
		const { id } = await at.bench.flutterwave.pay(url);
		const events = await at.told();
		expect(events).toEqual([
			expect.objectContaining({
				gateway: 'flutterwave',
				type: 'payment.succeeded',
				eventId: `flw:charge.completed:${id}:successful`,
				eventType: 'charge.completed',
				paymentId: String(id),
				reference,
				leadId: LEAD,
				contactId: 8,
				responsibleUserId: 9,
				amount: '7500.50',
				amountMinor: 750050,
				currency: 'NGN',
				occurredAt: '2026-11-20T09:00:00.000Z',
				live: false,
				method: 'card',
				customer: { name: 'A client', email: 'client@example.com', phone: '+2348012345678' },
			}),
		]);
		expect(linkId).toBe(reference);
	});

	it.each([
		['NGN', '7500.50', 'banktransfer', 'bank_transfer'],
		['NGN', '7500.50', 'ussd', 'ussd'],
		['NGN', '7500.50', 'account', 'bank_account'],
		['KES', '1200.00', 'mpesa', 'mpesa'],
		['GHS', '88.10', 'mobilemoneyghana', 'mobile_money'],
		['UGX', '185000', 'mobilemoneyuganda', 'mobile_money'],
		['XAF', '65000', 'mobilemoneyfranco', 'mobile_money'],
	] as const)('is told in %s %s by %s', async (currency, amount, method, name) => {
		const { url } = await at.createLink({ money: parseMoney(amount, currency) });
		await at.bench.flutterwave.pay(url, { method, feeBearer: 'customer' });
		expect(await at.told()).toEqual([
			expect.objectContaining({ type: 'payment.succeeded', amount, currency, method: name }),
		]);
	});

	it.each([
		['in the flat shape of v2', { v3Webhooks: false }],
		['without meta', { addMeta: false }],
	])('is told all the same %s', async (_name, dashboard) => {
		Object.assign(at.bench.flutterwave.dashboard, dashboard);
		const { url } = await at.createLink();
		const { id } = await at.bench.flutterwave.pay(url);
		const [event] = await at.told();
		expect(event).toMatchObject({
			type: 'payment.succeeded',
			eventId: `flw:charge.completed:${id}:successful`,
			contactId: 8,
		});
	});

	it('is pending until the payer confirms on the phone, under one id', async () => {
		const { url } = await at.createLink({ money: parseMoney('1200', 'KES') });
		const { id } = await at.bench.flutterwave.payPending(url, { method: 'mpesa' });
		const before = await at.told();
		await at.bench.flutterwave.settlePending(id, true);
		expect([...before, ...(await at.told())].map(short)).toEqual([
			`payment.pending ${id} ${LEAD} 1200.00 KES`,
			`payment.succeeded ${id} ${LEAD} 1200.00 KES`,
		]);
	});

	it('fails with the words of the bank, and may succeed afterwards under another id', async () => {
		const { url } = await at.createLink();
		const refused = await at.bench.flutterwave.decline(url, 'Insufficient Funds');
		const paid = await at.bench.flutterwave.pay(url);
		const events = await at.told();
		expect(events.map(short).sort()).toEqual([
			`payment.failed ${refused.id} ${LEAD} 7500.50 NGN`,
			`payment.succeeded ${paid.id} ${LEAD} 7500.50 NGN`,
		]);
		const failed = events.find(({ type }) => type === 'payment.failed');
		expect(failed?.reason).toBe('Insufficient Funds');
	});

	it('is what arrived, when that is less than was asked for', async () => {
		const { url } = await at.createLink();
		await at.bench.flutterwave.underpay(url, 7000);
		expect(await at.told()).toEqual([expect.objectContaining({ amount: '7000.00' })]);
	});

	it('never shows the token that charges the card again', async () => {
		const { url } = await at.createLink();
		const { id, cardToken } = await at.bench.flutterwave.pay(url);
		const shown = JSON.stringify([
			await at.told(),
			await at.list(),
			await gateway.payments.get(String(id), at.context),
			await gateway.paymentLinks.get((await at.list())[0]?.reference ?? '', at.context),
		]);
		expect(shown).toContain('"last_4digits":"2950"');
		expect(shown).not.toContain(cardToken);
		expect(shown).not.toContain('token');
	});
});
