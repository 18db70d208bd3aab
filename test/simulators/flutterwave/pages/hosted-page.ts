import type { Request, Response, Router } from 'express';
import { html, page, type Html } from '../../http/html';
import type { FlutterwaveActions } from '../actions';
import { isMethod, METHODS } from '../methods';
import { formatMoney, readAmount } from '../money';
import { REFUSALS, type PayOptions } from '../payments/charging';
import { linkState, redirectAfter, type LinkState } from '../payments/links';
import type { Simulation } from '../simulation';
import type { PaymentLink, Transaction } from '../store';
import { BRAND } from './brand';
import { merchantForms } from './merchant-forms';

type Form = Record<string, string>;
type Act = (actions: FlutterwaveActions, form: Form, link: PaymentLink) => Promise<unknown>;

/** What the page's buttons do. */
const ACTS: Record<string, Act> = {
	pay: (actions, form, { code }) => actions.pay(code, payOptions(form)),
	decline: (actions, form, { code }) => actions.decline(code, form['reason'], payOptions(form)),
	pend: (actions, form, { code }) => actions.payPending(code, payOptions(form)),
	underpay: (actions, form, link) => actions.underpay(link.code, amountIn(form, link)),
	succeed: (actions, { transaction = '' }) => actions.settlePending(transaction, true),
	fail: (actions, { transaction = '' }) => actions.settlePending(transaction, false),
	refund: (actions, form, link) =>
		actions.refund(
			String(form['transaction']),
			form['amount'] ? amountIn(form, link) : undefined,
			form['pending'] ? { status: 'pending' } : {},
		),
	'settle-refund': (actions, { refund = '', ok }) => actions.settleRefund(refund, ok === 'yes'),
};
/** After these the payer is sent on, once the link is paid. */
const PAYING = ['pay', 'underpay', 'succeed'];

const CLOSED: Record<Exclude<LinkState, 'open' | 'paid'>, string> = {
	disabled: 'This payment link is currently inactive.',
	expired: 'This payment session has expired.',
	failed: 'There were too many failed attempts.',
};

/** The page behind a link. */
export function hostedPageRoutes(
	router: Router,
	simulation: Simulation,
	actions: FlutterwaveActions,
): void {
	router.get('/v3/hosted/pay/:code', (req: Request, res: Response) => {
		const link = simulation.store.links.get(String(req.params['code']));
		const body = link
			? linkPage(simulation, link)
			: html`<div class="card"><h1>This payment link does not exist.</h1></div>`;
		res.status(link ? 200 : 404).type('html');
		res.send(page('Payment', body, { width: 'narrow', brand: BRAND }));
	});

	router.post('/v3/hosted/pay/:code/close', async (req: Request, res: Response) => {
		const target = await actions.closePage(String(req.params['code']));
		if (target !== null && isLoopback(target)) return res.redirect(303, target);
		const body = html`<div class="card">
			<h1>You closed the payment page</h1>
			${target !== null && wayOn(target)}
		</div>`;
		res.type('html').send(page('Cancelled', body, { width: 'narrow', brand: BRAND }));
	});

	router.post('/v3/hosted/pay/:code/:act', async (req: Request, res: Response) => {
		const link = simulation.store.link(String(req.params['code']));
		const name = String(req.params['act']);
		const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
		if (!act) throw new Error(`There is no action ${name}.`);
		await act(actions, req.body as Form, link);
		const target = PAYING.includes(name) ? wayAfter(simulation, link) : null;
		const redirect = target !== null && isLoopback(target);
		res.redirect(303, redirect ? target : `/v3/hosted/pay/${link.code}`);
	});
}

function payOptions({ method = '', feeBearer }: Form): PayOptions {
	return {
		method: isMethod(method) ? method : undefined,
		feeBearer: feeBearer === 'customer' ? 'customer' : 'merchant',
	};
}

function amountIn({ amount = '' }: Form, { currency }: PaymentLink): number {
	const read = readAmount(amount, currency);
	if (read === null) throw new Error(`"${amount}" is not an amount.`);
	return read;
}

function linkPage(simulation: Simulation, link: PaymentLink): Html {
	return html`<div class="card">
		<h1>${link.title ?? 'Simulated merchant'}</h1>
		<p class="soft">${link.description}</p>
		<div class="amount">${formatMoney(link.amount, link.currency)}</div>
		${content(simulation, link)}
		<p class="soft">Simulated Flutterwave: no money moves.</p>
	</div>`;
}

function content(simulation: Simulation, link: PaymentLink): Html {
	const transactions = simulation.store.transactionsOf(link);
	const state = linkState(simulation, link);
	const pending = transactions.filter(({ status }) => status === 'pending');
	const paid = transactions.filter(({ status }) => status === 'successful');
	const target = wayAfter(simulation, link);
	return html`${paid.length > 0 && html`<p class="good" role="status">Payment successful</p>`}
	${paid.length > 0 && target !== null && wayOn(target)}
	${paid.map((transaction) => merchantForms(simulation, link, transaction))}
	${pending.map((transaction) => pendingForm(link, transaction))}
	${state === 'open' && payForm(link, transactions)}
	${state !== 'open' && state !== 'paid' && html`<p class="bad">${CLOSED[state]}</p>`}`;
}

function payForm(link: PaymentLink, transactions: Transaction[]): Html {
	const last = transactions.at(-1);
	const act = (name: string): string => `/v3/hosted/pay/${link.code}/${name}`;
	return html`${
			last?.status === 'failed' &&
			html`<p class="bad" role="alert">Not paid: ${last.processorResponse}</p>`
		}
		<form method="post" action="${act('pay')}">
			<label
				>Pay with
				<select name="method">
					${link.methods.map(
						(method) => html`<option value="${method}">${METHODS[method].label}</option>`,
					)}
				</select>
			</label>
			<button class="wide">Pay</button>
			<button class="wide quiet" formaction="${act('decline')}">Decline</button>
			<button class="wide quiet" formaction="${act('pend')}">Pending, decided later</button>
			<button class="wide quiet" formaction="${act('close')}">Cancel</button>
			<details>
				<summary class="soft">Other outcomes</summary>
				<div class="row">
					<select name="reason" aria-label="reason">
						${REFUSALS.map((reason) => html`<option>${reason}</option>`)}
					</select>
					<button class="small quiet" formaction="${act('decline')}">
						Decline because of this
					</button>
				</div>
				<div class="row">
					<input type="checkbox" name="feeBearer" value="customer" id="fee" />
					<label for="fee">The payer bears the fee</label>
				</div>
				${
					link.methods.includes('banktransfer') &&
					html`<div class="row">
						<input name="amount" inputmode="decimal" size="8" aria-label="amount" />
						<button class="small quiet" formaction="${act('underpay')}">
							Transfer only this much
						</button>
					</div>`
				}
			</details>
		</form>`;
}

function pendingForm(link: PaymentLink, transaction: Transaction): Html {
	return html`<p>
			Waiting for ${METHODS[transaction.method].label}, transaction
			<code>${transaction.id}</code>.
		</p>
		<form class="row" method="post" action="/v3/hosted/pay/${link.code}/succeed">
			<input type="hidden" name="transaction" value="${transaction.id}" />
			<button>It succeeds</button>
			<button class="quiet" formaction="/v3/hosted/pay/${link.code}/fail">It fails</button>
		</form>
		<br />`;
}

function wayAfter(simulation: Simulation, link: PaymentLink): string | null {
	const paid = simulation.store
		.transactionsOf(link)
		.filter(({ status }) => status === 'successful')
		.at(-1);
	return paid ? redirectAfter(simulation, link, paid) : null;
}

function wayOn(target: string): Html {
	return html`<p><a href="${target}">Continue to ${target}</a></p>`;
}

/** Only a page on this machine is opened without a click. */
function isLoopback(target: string): boolean {
	return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(target).hostname);
}
