import { validateCheckoutJson } from '../../specs/validate-checkout-json';
import { refusal, startBench, type Bench } from './test-checkout-com';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

const linkOf = (id: string) => bench.client.paymentLinks.get(id);
const paymentOf = (id: string) => bench.client.payments.get(id);

it('a paid link shows Payment Received, the payment and its captured money', async () => {
	const link = await bench.createLink();
	const { id, sessionId } = await bench.checkout.pay(link._links.redirect.href);
	const found = await linkOf(link.id);
	expect(validateCheckoutJson('GET /payment-links/{id}', 'response:200', found)).toEqual([]);
	expect(found).toMatchObject({
		status: 'Payment Received',
		payment_id: id,
		_links: { payment: { href: `${bench.checkout.url}/payments/${id}` } },
	});
	expect(await paymentOf(id)).toMatchObject({
		id,
		status: 'Captured',
		approved: true,
		reference: 'KL-31415926-01',
		metadata: { kommo_lead_id: '31415926' },
		customer: { email: 'payer@example.com' },
		balances: { total_captured: 199_900, available_to_refund: 199_900 },
	});
	expect(await paymentOf(sessionId)).toMatchObject({ id });
	const actions = await bench.client.payments.getActions(id);
	expect(validateCheckoutJson('GET /payments/{id}/actions', 'response:200', actions)).toEqual([]);
	expect(actions).toMatchObject([{ type: 'Capture' }, { type: 'Authorization' }]);
});

it('a link is paid once only', async () => {
	const link = await bench.createLink();
	await bench.checkout.pay(link.id);
	await expect(bench.checkout.pay(link.id)).rejects.toThrow('Payment Received');
});

it('a declined attempt leaves the link Active without a payment', async () => {
	const link = await bench.createLink();
	const declined = await bench.checkout.decline(link.id, '20051');
	const found = await linkOf(link.id);
	expect(found).toMatchObject({ status: 'Active' });
	expect(found).not.toHaveProperty('payment_id');
	expect(await paymentOf(declined.id)).toMatchObject({ status: 'Declined', approved: false });
	const paid = await bench.checkout.pay(link.id);
	expect(paid.id).not.toBe(declined.id);
});

describe('a payment with another party', () => {
	it('is in progress on an Active link, which nobody else can pay', async () => {
		const link = await bench.createLink();
		const { id } = await bench.checkout.leaveToPay(link.id, 'bancontact');
		expect(await linkOf(link.id)).toMatchObject({ status: 'Active', payment_id: id });
		expect(await paymentOf(id)).toMatchObject({
			status: 'Pending',
			approved: false,
			source: { type: 'bancontact' },
		});
		await expect(bench.checkout.pay(link.id)).rejects.toThrow('in progress');
	});

	it.each([
		['succeed', 'Captured', 'Payment Received'],
		['expirePayment', 'Expired', 'Active'],
		['cancel', 'Canceled', 'Active'],
	] as const)('can %s: the payment is %s and the link %s', async (act, status, linkStatus) => {
		const link = await bench.createLink();
		const { id } = await bench.checkout.leaveToPay(link.id);
		await bench.checkout[act](id);
		expect(await paymentOf(id)).toMatchObject({ status });
		expect(await linkOf(link.id)).toMatchObject({ status: linkStatus });
		await expect(bench.checkout[act](id)).rejects.toThrow('not Pending');
	});
});

it.each([
	['the link says so', { capture: false }, true],
	['the account says so', {}, false],
])('money is only authorised when %s, then captured in parts', async (_name, extra, account) => {
	bench.checkout.settings.autoCapture = account;
	const link = await bench.createLink(extra);
	const { id } = await bench.checkout.pay(link.id);
	expect(await paymentOf(id)).toMatchObject({ status: 'Authorized' });
	await bench.checkout.capture(id, 100_000);
	expect(await paymentOf(id)).toMatchObject({ status: 'Partially Captured' });
	await bench.checkout.capture(id);
	expect(await paymentOf(id)).toMatchObject({ status: 'Captured' });
	await expect(bench.checkout.void(id)).rejects.toThrow('nothing to void');
});

it('an authorisation is voided', async () => {
	const { id } = await bench.checkout.pay((await bench.createLink({ capture: false })).id);
	await bench.checkout.void(id);
	expect(await paymentOf(id)).toMatchObject({
		status: 'Voided',
		balances: { total_voided: 199_900, available_to_capture: 0 },
	});
});

it('refunds add up and never exceed what was captured', async () => {
	const { id } = await bench.checkout.pay((await bench.createLink()).id);
	await bench.checkout.refund(id, 50_000);
	expect(await paymentOf(id)).toMatchObject({
		status: 'Partially Refunded',
		balances: { total_refunded: 50_000, available_to_refund: 149_900 },
	});
	await expect(bench.checkout.refund(id, 149_901)).rejects.toThrow('cannot be refunded');
	await bench.checkout.refund(id);
	expect(await paymentOf(id)).toMatchObject({ status: 'Refunded' });
});

it('an action shows the reference and metadata of its own, the payment keeps its', async () => {
	const own = { reference: 'INV-77', metadata: { order: '77' } };
	const { id } = await bench.checkout.pay((await bench.createLink({ capture: false })).id);
	await bench.checkout.capture(id, undefined, own);
	await bench.checkout.refund(id, 50_000, own);
	const actions = await bench.client.payments.getActions(id);
	expect(validateCheckoutJson('GET /payments/{id}/actions', 'response:200', actions)).toEqual([]);
	expect(actions).toMatchObject([own, own, { metadata: { kommo_lead_id: '31415926' } }]);
	expect(await paymentOf(id)).toMatchObject({
		reference: 'KL-31415926-01',
		metadata: { kommo_lead_id: '31415926' },
	});
});

describe('the list of payments', () => {
	it('is of one reference, newest first, in pages', async () => {
		const link = await bench.createLink();
		const declined = await bench.checkout.decline(link.id);
		const paid = await bench.checkout.pay(link.id);
		await bench.checkout.pay((await bench.createLink({ reference: 'KL-31415926-02' })).id);
		const all = await bench.client.payments.getPaymentList({ reference: 'KL-31415926-01' });
		expect(validateCheckoutJson('GET /payments', 'response:200', all)).toEqual([]);
		expect(all).toMatchObject({
			limit: 10,
			skip: 0,
			total_count: 2,
			data: [{ id: paid.id }, { id: declined.id }],
		});
		const second = await bench.client.payments.getPaymentList({
			reference: 'KL-31415926-01',
			limit: 1,
			skip: 1,
		});
		expect(second).toMatchObject({ total_count: 2, data: [{ id: declined.id }] });
	});

	it.each([
		['no reference', {}, 'reference_required'],
		['limit 0', { reference: 'x', limit: 0 }, 'limit_invalid'],
		['limit 101', { reference: 'x', limit: 101 }, 'limit_invalid'],
		['skip -1', { reference: 'x', skip: -1 }, 'skip_invalid'],
	])('with %s is 422', async (_name, query, code) => {
		expect(await refusal(bench.client.payments.getPaymentList(query))).toEqual({
			status: 422,
			codes: [code],
		});
	});

	it('is empty for part of a reference', async () => {
		await bench.checkout.pay((await bench.createLink()).id);
		const list = await bench.client.payments.getPaymentList({ reference: 'KL-31415926' });
		expect(list).toMatchObject({ total_count: 0, data: [] });
	});
});

it('payments that do not exist are 404', async () => {
	expect((await refusal(paymentOf('pay_mbabizu24mvu3mela5njyhpit4'))).status).toBe(404);
	expect((await refusal(bench.client.payments.getActions('pay_x'))).status).toBe(404);
});
