import type { Request, Response, Router } from 'express';
import { html, page, type Html } from '../../http/html';
import type { CheckoutComActions } from '../actions';
import { formatMoney, toMinor } from '../money';
import { linkStatus } from '../objects/payment-link';
import { responseSummary } from '../objects/response-codes';
import type { Simulation } from '../simulation';
import type { Payment, PaymentLink } from '../store';
import { BRAND } from './brand';
import { merchantForms, pendingForms } from './merchant-forms';

type Form = Record<string, string>;
type Act = (actions: CheckoutComActions, form: Form, simulation: Simulation) => Promise<unknown>;

/** What the page's buttons do; the form carries the link's id, or the payment's or dispute's. */
const ACTS: Record<string, Act> = {
	pay: (actions, { link = '' }) => actions.pay(link),
	'captured-first': (actions, { link = '' }) => actions.pay(link, { order: 'captured-first' }),
	authorise: (actions, { link = '' }) => actions.pay(link, { capture: false }),
	decline: (actions, { link = '', code }) => actions.decline(link, code),
	leave: (actions, { link = '', method }) => actions.leaveToPay(link, method),
	succeed: (actions, { payment = '' }) => actions.succeed(payment),
	expire: (actions, { payment = '' }) => actions.expirePayment(payment),
	cancel: (actions, { payment = '' }) => actions.cancel(payment),
	capture: (actions, { payment = '' }) => actions.capture(payment),
	void: (actions, { payment = '' }) => actions.void(payment),
	refund: (actions, { payment = '', amount = '' }, { store }) =>
		actions.refund(
			payment,
			amount === '' ? undefined : toMinor(amount, store.payment(payment).currency),
		),
	return: (actions, { payment = '' }) => actions.returnPayment(payment),
	dispute: (actions, { payment = '' }) => actions.dispute(payment),
	outcome: (actions, { dispute = '', outcome = '' }) => actions.moveDispute(dispute, outcome),
};

/** The hosted page behind a link. */
export function paymentRoutes(
	router: Router,
	simulation: Simulation,
	actions: CheckoutComActions,
): void {
	router.get('/link/:id', (req: Request, res: Response) => {
		const link = simulation.store.links.get(String(req.params['id']));
		const body = link
			? linkPage(simulation, link)
			: html`<div class="card"><h1>This payment link does not exist.</h1></div>`;
		res.status(link ? 200 : 404).type('html');
		res.send(page('Payment', body, { width: 'narrow', brand: BRAND }));
	});

	router.post('/link/:id/:act', async (req: Request, res: Response) => {
		const link = String(req.params['id']);
		const name = String(req.params['act']);
		const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
		if (!act) throw new Error(`There is no action ${name}.`);
		await act(actions, { ...(req.body as Form), link }, simulation);
		res.redirect(303, `/link/${link}`);
	});
}

function linkPage(simulation: Simulation, link: PaymentLink): Html {
	const { request } = link;
	return html`<div class="card">
		<p class="soft">${request.display_name ?? 'Simulated merchant'}</p>
		<h1>${request.description ?? request.reference ?? 'Payment'}</h1>
		<div class="amount">${formatMoney(request.amount, request.currency)}</div>
		${request.products?.map(
			({ name, quantity, price }) =>
				html`<p>${quantity} × ${name}, ${formatMoney(price, request.currency)}</p>`,
		)}
		${state(simulation, link)}
		<p class="soft">Simulated Checkout.com: no money moves.</p>
	</div>`;
}

function state(simulation: Simulation, link: PaymentLink): Html {
	const payment = link.paymentId === null ? undefined : simulation.store.payment(link.paymentId);
	const status = linkStatus(simulation, link);
	if (payment?.status === 'Pending') return pendingForms(link, payment);
	if (payment && status === 'Payment Received') return received(simulation, link, payment);
	if (status === 'Expired') return html`<p class="bad">This payment link has expired.</p>`;
	return payForms(simulation, link);
}

/** A `return_url` is a button; nobody is redirected. */
function received(simulation: Simulation, link: PaymentLink, payment: Payment): Html {
	const back = link.request.return_url;
	return html`<p class="good" role="status">Payment successful</p>
		${back && html`<a class="button wide" href="${back}">Return to the merchant</a>`}
		${merchantForms(simulation, link, payment)}`;
}

function payForms(simulation: Simulation, link: PaymentLink): Html {
	const failed = [...simulation.store.payments.values()]
		.filter(({ linkId }) => linkId === link.id)
		.at(-1);
	const reason = failed?.actions.at(-1)?.response_summary ?? failed?.status;
	const act = (name: string) => `/link/${link.id}/${name}`;
	return html`${reason && html`<p class="bad" role="alert">Not paid: ${reason}</p>`}
		<form method="post" action="${act('pay')}">
			<button class="wide">Pay</button>
			<button class="wide quiet" formaction="${act('decline')}">Decline</button>
		</form>
		<details>
			<summary class="soft">Other outcomes</summary>
			<form class="row" method="post" action="${act('decline')}">
				<select name="code" aria-label="reason">
					${['20051', '20054', '20014', '20059'].map(
						(code) => html`<option value="${code}">${responseSummary(code)}</option>`,
					)}
				</select>
				<button class="small quiet">Decline because of this</button>
			</form>
			<form class="row" method="post" action="${act('leave')}">
				<select name="method" aria-label="method">
					${['ideal', 'bancontact', 'p24', 'multibanco', 'knet'].map(
						(method) => html`<option>${method}</option>`,
					)}
				</select>
				<button class="small quiet">Leave to pay with this</button>
			</form>
			<form class="row" method="post" action="${act('captured-first')}">
				<button class="small quiet">Pay, captured arrives first</button>
				<button class="small quiet" formaction="${act('authorise')}">Authorise only</button>
			</form>
		</details>`;
}
