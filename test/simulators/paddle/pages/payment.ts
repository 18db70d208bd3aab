import type { ErrorCode, PaymentType } from '@paddle/paddle-node-sdk';
import type { Request, Response, Router } from 'express';
import { html, page, type Html } from '../../http/html';
import type { PaddleActions } from '../actions';
import { openapi } from '../api/openapi';
import { formatMoney, toMinor } from '../money';
import type { Payer } from '../payments/paying';
import type { Simulation } from '../simulation';
import type { Transaction } from '../wire';
import { LOOK } from './look';
import { merchantForms } from './merchant-forms';

type Form = Record<string, string>;

const REASONS: ErrorCode[] = (
	openapi.components.schemas['error_code']?.['enum'] as ErrorCode[]
).filter((code) => code !== 'already_canceled' && code !== 'already_refunded');
const METHODS: PaymentType[] = ['card', 'paypal', 'apple_pay', 'google_pay', 'ideal'];

/** The checkout page behind `{url}/pay?_ptxn=txn_…`, and what the merchant can do afterwards. */
export function paymentRoutes(
	router: Router,
	simulation: Simulation,
	actions: PaddleActions,
): void {
	const back = (res: Response, id: string): void => res.redirect(303, `/pay?_ptxn=${id}`);

	router.get('/pay', (req: Request, res: Response) => {
		const id = String(req.query['_ptxn'] ?? req.query['transaction_id'] ?? '');
		const transaction = simulation.store.transactions.find(id);
		if (!transaction) {
			const body = html`<div class="card">
				<h1>Nothing to pay here</h1>
				<p>There is no transaction ${id || 'in this address'}.</p>
			</div>`;
			return void res
				.status(404)
				.type('html')
				.send(page('Payment', body, LOOK));
		}
		res.type('html').send(paymentPage(simulation, transaction));
	});

	router.post('/pay/:id', (req: Request, res: Response) => {
		const id = String(req.params['id']);
		const { choice = 'card', ...form } = req.body as Form;
		if (REASONS.includes(choice as ErrorCode)) {
			actions.decline(id, choice as ErrorCode, payerOf(form));
		} else {
			actions.pay(id, { ...payerOf(form), method: choice as PaymentType });
		}
		back(res, id);
	});

	router.post('/pay/:id/refund', (req: Request, res: Response) => {
		const { id, currency_code: code } = simulation.store.transactions.get(String(req.params['id']));
		const amount = (req.body as Form)['amount'] ?? '';
		actions.refund(id, amount === '' ? undefined : toMinor(amount, code));
		back(res, id);
	});

	router.post('/pay/:id/adjustment', (req: Request, res: Response) => {
		const { adjustment = '', what } = req.body as Form;
		if (what === 'approve') actions.approve(adjustment);
		else actions.reject(adjustment);
		back(res, String(req.params['id']));
	});

	router.post('/pay/:id/dispute', (req: Request, res: Response) => {
		const id = String(req.params['id']);
		if ((req.body as Form)['what'] === 'reverse') actions.chargebackReverse(id);
		else actions.chargeback(id);
		back(res, id);
	});

	router.post('/pay/:id/complete', (req: Request, res: Response) => {
		actions.complete(String(req.params['id']));
		back(res, String(req.params['id']));
	});

	router.post('/pay/:id/subscription', (req: Request, res: Response) => {
		const { subscription = '', what = '' } = req.body as Form;
		changeSubscription(actions, subscription, what);
		back(res, String(req.params['id']));
	});
}

/** The buttons of a subscription, here and on the dashboard. */
export function changeSubscription(actions: PaddleActions, id: string, what: string): void {
	const changes: Record<string, () => unknown> = {
		renew: () => actions.renew(id),
		fail: () => actions.failRenewal(id),
		cancel: () => actions.cancelSubscription(id),
		'cancel-later': () => actions.cancelSubscription(id, { atPeriodEnd: true }),
		pause: () => actions.pause(id),
		resume: () => actions.resume(id),
	};
	const change = changes[what];
	if (!change) throw new Error(`A subscription cannot ${what}`);
	change();
}

function payerOf({ email, name, country }: Form): Payer {
	return {
		email: email || undefined,
		name: name || undefined,
		country: (country || undefined) as Payer['country'],
	};
}

function paymentPage(simulation: Simulation, transaction: Transaction): string {
	const { items, details, currency_code: code, status } = transaction;
	const payable = ['draft', 'ready', 'billed', 'past_due'].includes(status);
	const names = details.line_items.map(
		({ product, quantity }) => `${quantity > 1 ? `${quantity} × ` : ''}${product.name}`,
	);
	const cycle = items.find(({ price }) => price.billing_cycle)?.price.billing_cycle;
	const { grand_total: total = '0', tax = '0' } = details.totals ?? {};
	return page(
		'Checkout',
		html`<div class="card">
				<h1>${names.join(', ')}</h1>
				<div class="amount">${formatMoney(total, code)}</div>
				${cycle && html`<p class="soft">every ${cycle.frequency > 1 && cycle.frequency} ${cycle.interval}</p>`}
				${tax !== '0' && html`<p class="soft">includes ${formatMoney(tax, code)} tax</p>`}
				${payable ? payForm(simulation, transaction) : stateOf(transaction)}
				<p class="soft">Simulated Paddle: no money moves. <a href="/dashboard">Dashboard</a></p>
			</div>
			${!payable && merchantForms(simulation, transaction)}`,
		LOOK,
	);
}

function stateOf({ status, invoice_number: number }: Transaction): Html {
	if (status === 'canceled') return html`<p>This payment was canceled.</p>`;
	return html`<p class="good" role="status">
		Paid. ${number === null ? 'Still being processed.' : `Invoice ${number}.`}
	</p>`;
}

function payForm({ store }: Simulation, transaction: Transaction): Html {
	const customer = store.customers.find(transaction.customer_id);
	const last = transaction.payments[0];
	return html`${
			last?.status === 'error' &&
			html`<p class="bad" role="alert">
				Payment failed: ${last.error_code?.replaceAll('_', ' ')}.
			</p>`
		}
		<form method="post" action="/pay/${transaction.id}">
			<label
				>E-mail<input
					name="email"
					type="email"
					required
					value="${customer?.email ?? 'payer@example.com'}"
			/></label>
			<label>Name<input name="name" value="${customer?.name ?? 'Example Payer'}" /></label>
			<label>Country<input name="country" pattern="[A-Z]{2}" value="US" /></label>
			<button class="wide" name="choice" value="card">Pay</button>
			<button class="wide quiet" name="choice" value="declined">Decline</button>
			<details>
				<summary class="soft">Other outcomes</summary>
				<p class="soft">Refused because of</p>
				<div class="row">${REASONS.map(choice)}</div>
				<p class="soft">Paid with</p>
				<div class="row">${METHODS.map(choice)}</div>
			</details>
		</form>`;
}

function choice(value: string): Html {
	return html`<button class="small quiet" name="choice" value="${value}">
		${value.replaceAll('_', ' ')}
	</button>`;
}
