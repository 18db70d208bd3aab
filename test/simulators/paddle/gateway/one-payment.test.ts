import { gatewayBench, LEAD, short } from './gateway-bench';

const at = gatewayBench();
const { createLink, told } = at;

describe('one payment is told as succeeded exactly once', () => {
	it('when a link is paid by card', async () => {
		const { url, reference, linkId } = await createLink();
		at.paddle.pay(url, { name: 'A client' });
		expect(await told()).toEqual([
			expect.objectContaining({
				type: 'payment.succeeded',
				eventType: 'transaction.completed',
				paymentId: linkId,
				leadId: LEAD,
				contactId: 8,
				responsibleUserId: 9,
				reference,
				amount: '1999.00',
				amountMinor: 199900,
				currency: 'EUR',
				live: false,
				simulated: false,
				method: 'card',
				invoiceNumber: '325-10001',
				planName: 'Gold – café',
				subscription: null,
			}),
		]);
	});

	it('when the card is refused first', async () => {
		const { url, linkId } = await createLink();
		at.paddle.decline(url, 'expired_card');
		const refused = await told();
		at.paddle.pay(url);
		expect([...refused, ...(await told())].map(short)).toEqual([
			`payment.failed ${linkId} ${LEAD} 1999.00`,
			`payment.succeeded ${linkId} ${LEAD} 1999.00`,
		]);
		expect(refused[0]).toMatchObject({ reason: 'the card has expired', subscription: null });
	});

	it('when Paddle takes its time between paid and completed', async () => {
		at.paddle.settings.holdCompletion = true;
		const { url, linkId } = await createLink();
		at.paddle.pay(url);
		expect(await told()).toEqual([]);
		at.paddle.complete(linkId);
		expect((await told()).map(({ type }) => type)).toEqual(['payment.succeeded']);
	});

	it('when a subscription starts, and again under another id when it renews', async () => {
		const { url, linkId } = await createLink({ options: { interval: 'month' } });
		const { subscription_id: id } = at.paddle.pay(url);
		const first = await told();
		const renewal = at.paddle.renew(String(id));
		const second = await told();
		expect(first.map(short)).toEqual([
			`subscription.activated  ${LEAD} 1999.00`,
			`payment.succeeded ${linkId} ${LEAD} 1999.00`,
		]);
		expect(second.map(short)).toEqual([
			`subscription.updated  ${LEAD} 1999.00`,
			`payment.succeeded ${renewal?.id} ${LEAD} 1999.00`,
		]);
		for (const event of first) {
			expect(event).toMatchObject({
				planName: 'Gold – café',
				subscription: { id, status: 'active', nextBillingAt: '2026-12-20T09:00:00.000Z' },
			});
		}
		expect(second[1]?.subscription?.nextBillingAt).toBe('2027-01-20T09:00:00.000Z');
	});

	it('when a client buys without a link, with an e-mail address to find the lead by', async () => {
		const id = await at.bench.createLink({ custom_data: null });
		at.paddle.pay(id, { email: 'client@example.com', name: 'A client' });
		expect(await told()).toMatchObject([
			{
				type: 'payment.succeeded',
				paymentId: id,
				leadId: null,
				reference: null,
				customer: { name: 'A client', email: 'client@example.com', phone: null },
			},
		]);
	});

	it('and not at all when nothing is charged', async () => {
		const trial = {
			billing_cycle: { interval: 'month', frequency: 1 },
			trial_period: { interval: 'day', frequency: 14 },
		};
		const id = await at.bench.createLink({ custom_data: { kommo_lead_id: String(LEAD) } }, trial);
		at.paddle.pay(id);
		expect(await told()).toMatchObject([
			{
				type: 'subscription.activated',
				eventType: 'subscription.trialing',
				leadId: LEAD,
				subscription: { status: 'trialing', nextBillingAt: '2026-12-04T09:00:00.000Z' },
			},
		]);
	});
});
