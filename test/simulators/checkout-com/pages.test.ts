import axios from 'axios';
import { startBench, type Bench, type CreatedLink } from './test-checkout-com';

let bench: Bench;
let link: CreatedLink;
beforeEach(async () => {
	bench = await startBench();
	link = await bench.createLink({ description: 'Invoice <42>', return_url: 'https://e.com/ok' });
});
afterEach(() => bench.close());

const open = async (path = `/link/${link.id}`) =>
	(await axios.get<string>(bench.checkout.url + path)).data;
const press = async (act: string, fields: Record<string, string> = {}) =>
	(
		await axios.post<string>(
			`${bench.checkout.url}/link/${link.id}/${act}`,
			new URLSearchParams(fields),
			{ validateStatus: () => true },
		)
	).data;
const payment = () => [...bench.checkout.store.payments.values()].at(-1);

it('the page shows what is to be paid, escaped, and nothing from elsewhere', async () => {
	const page = await open();
	expect(page).toContain('1999.00 EUR');
	expect(page).toContain('Invoice &lt;42&gt;');
	expect(page).not.toMatch(/<(script|link|img)\b/);
});

it('a payer is declined, tries again and pays; the way back is a button only', async () => {
	expect(await press('decline')).toContain('Declined - Do Not Honour');
	const paid = await press('pay');
	expect(paid).toContain('Payment successful');
	expect(paid).toContain('href="https://e.com/ok"');
	expect(payment()?.status).toBe('Captured');
});

it('the merchant refunds a part and the rest, in major units', async () => {
	await press('pay');
	const id = payment()?.id ?? '';
	await press('refund', { payment: id, amount: '500.5' });
	expect(payment()?.balances.total_refunded).toBe(50_050);
	await press('refund', { payment: id, amount: '' });
	expect(payment()?.status).toBe('Refunded');
});

it('a payment is disputed and the dispute won', async () => {
	await press('pay');
	await press('dispute', { payment: payment()?.id ?? '' });
	const [dispute] = [...bench.checkout.store.disputes.values()];
	const page = await press('outcome', { dispute: dispute?.id ?? '', outcome: 'won' });
	expect(page).toContain(': won');
});

it.each([
	['succeed', 'Captured'],
	['expire', 'Expired'],
	['cancel', 'Canceled'],
])('a payment left to another party can %s', async (act, status) => {
	expect(await press('leave', { method: 'ideal' })).toContain('Waiting for ideal');
	await press(act, { payment: payment()?.id ?? '' });
	expect(payment()?.status).toBe(status);
});

it('money that is only authorised can be captured', async () => {
	expect(await press('authorise')).toContain('Capture');
	await press('capture', { payment: payment()?.id ?? '' });
	expect(payment()?.status).toBe('Captured');
});

it('what is not possible is said', async () => {
	await press('pay');
	expect(await press('pay')).toContain('Payment Received, not Active');
	expect(await press('toString')).toContain('There is no action');
});

it('the dashboard shows everything and sends events again', async () => {
	await bench.register({ gateway: ['payment_captured'] });
	await press('pay');
	const dashboard = await open('/');
	for (const text of [link.id, payment()?.id ?? '-', 'test workflow', 'payment_captured']) {
		expect(dashboard).toContain(text);
	}
	expect(dashboard).toContain('successful');
	const event = bench.last('payment_captured').event.id;
	const again = (act: string) =>
		axios.post(`${bench.checkout.url}/dashboard/${act}`, new URLSearchParams({ event }));
	await again('resend');
	await again('reflow');
	expect(bench.types()).toEqual(['payment_captured', 'payment_captured', 'payment_captured']);
});

it('faults are set and cleared from the dashboard and strike the API only', async () => {
	const set = (fault: string) =>
		axios.post(`${bench.checkout.url}/dashboard/fault`, new URLSearchParams({ fault, times: '' }));
	await set('429 rate limit');
	await expect(bench.createLink()).rejects.toMatchObject({ http_code: 429 });
	expect(await open('/')).toContain('1 set');
	await set('none');
	await bench.createLink();
});

it('switches of the dashboard change what is sent', async () => {
	const flip = (what: string) =>
		axios.post(`${bench.checkout.url}/dashboard/switch`, new URLSearchParams({ what }));
	await bench.register({ gateway: ['payment_captured'] });
	await flip('duplicate');
	await flip('envelope');
	await flip('awkward');
	await press('pay');
	expect(bench.types()).toEqual(['payment_captured', 'payment_captured']);
	const { event, body } = bench.last('payment_captured');
	expect(event.timestamp).toBeDefined();
	expect(body).toContain('20.00');
});
