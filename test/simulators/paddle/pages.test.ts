import { MONTHLY, startBench, type Bench } from './test-paddle';

let bench: Bench;
beforeEach(async () => {
	bench = await startBench();
});
afterEach(() => bench.close());

/** Sends a form as a browser does and returns the page it leads to. */
async function submit(path: string, form: Record<string, string>): Promise<string> {
	const response = await fetch(`${bench.paddle.url}${path}`, {
		method: 'POST',
		body: new URLSearchParams(form),
	});
	return response.text();
}
const open = async (path: string): Promise<string> =>
	(await fetch(path.startsWith('http') ? path : `${bench.paddle.url}${path}`)).text();

it('a buyer is refused, tries again and pays', async () => {
	const id = await bench.createLink();
	const { checkout } = await bench.client.transactions.get(id);
	const page = await open(checkout?.url ?? '');
	expect(page).toContain('Invoice 42 – Café');
	expect(page).toContain('1999.00 EUR');
	const payer = { email: 'buyer@example.com', name: 'Example Buyer', country: 'DE' };
	expect(await submit(`/pay/${id}`, { ...payer, choice: 'expired_card' })).toContain(
		'Payment failed: expired card.',
	);
	expect(await submit(`/pay/${id}`, { ...payer, choice: 'card' })).toContain('Invoice 325-10001.');
	const { customer } = await bench.client.transactions.get(id, { include: ['customer'] });
	expect(customer?.email).toBe('buyer@example.com');
	expect(await submit(`/pay/${id}`, payer)).toContain('cannot be paid');
});

it('a hosted link with transaction_id opens the same page', async () => {
	expect(await open(`/pay?transaction_id=${await bench.createLink()}`)).toContain('1999.00 EUR');
	expect(await open('/pay?_ptxn=txn_none')).toContain('There is no transaction txn_none');
});

it('a merchant refunds a part, Paddle approves, the bank takes the rest', async () => {
	const id = await bench.createLink();
	bench.paddle.pay(id);
	expect(await submit(`/pay/${id}/refund`, { amount: '99.90' })).toContain('pending approval');
	const [refund] = bench.paddle.store.adjustments.oldestFirst();
	expect(refund?.totals.total).toBe('9990');
	await submit(`/pay/${id}/adjustment`, { adjustment: refund?.id ?? '', what: 'approve' });
	const page = await submit(`/pay/${id}/dispute`, { what: 'chargeback' });
	expect(page).toContain('0.00 EUR left');
	expect(bench.paddle.store.adjustments.newestFirst()[0]).toMatchObject({
		action: 'chargeback',
		totals: { total: '189910' },
	});
});

it('a refund of more than was paid says why not', async () => {
	const id = await bench.createLink();
	bench.paddle.pay(id);
	expect(await submit(`/pay/${id}/refund`, { amount: '2000' })).toContain(
		'above the remaining allowed',
	);
});

it('a subscription has its buttons on the checkout page and on the dashboard', async () => {
	const id = await bench.createLink({}, MONTHLY);
	const subscription = bench.paddle.pay(id).subscription_id ?? '';
	await submit(`/pay/${id}/subscription`, { subscription, what: 'fail' });
	expect(bench.paddle.store.subscriptions.get(subscription).status).toBe('past_due');
	await submit('/dashboard/subscription', { subscription, what: 'renew' });
	const page = await submit(`/pay/${id}/subscription`, { subscription, what: 'cancel-later' });
	expect(page).toMatch(/active, cancel on \d{4}-\d\d-\d\d/);
	await submit('/dashboard/subscription', { subscription, what: 'renew' });
	expect(bench.paddle.store.subscriptions.get(subscription).status).toBe('canceled');
});

it('the dashboard shows transactions and notifications, and replays', async () => {
	await bench.register(['transaction.completed'], 'all');
	const id = await bench.createLink();
	bench.paddle.pay(id);
	await bench.paddle.deliveries.settled();
	const page = await open('/dashboard');
	expect(page).toContain(id);
	expect(page).toContain('delivered');
	const [notification] = bench.paddle.store.notifications.oldestFirst();
	await submit('/dashboard/notification', { id: notification?.id ?? '', what: 'replay' });
	await submit('/dashboard/simulate', {
		id: notification?.settingId ?? '',
		type: 'transaction.completed',
	});
	await bench.paddle.deliveries.settled();
	expect(bench.receiver.received).toHaveLength(3);
});

it('faults are switched on and off by hand, and spare the pages', async () => {
	await submit('/dashboard/fault', { fault: '500 server error', times: '' });
	expect((await bench.call('GET', '/event-types')).status).toBe(500);
	const page = await submit('/dashboard/fault', { fault: 'none' });
	expect(page).toContain('0 set');
	expect((await bench.call('GET', '/event-types')).status).toBe(200);
});

it('what a buyer types is escaped', async () => {
	const product = { name: '<script>alert(1)</script>', tax_category: 'standard' };
	const page = await open(`/pay?_ptxn=${await bench.createLink({}, { product })}`);
	expect(page).not.toContain('<script>');
});

it('pages need no assets from elsewhere', async () => {
	const page = await open(`/pay?_ptxn=${await bench.createLink()}`);
	expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
});
