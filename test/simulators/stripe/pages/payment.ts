import type { Request, Response, Router } from 'express';
import { html, page, type Html } from '../../http/html';
import type { PaymentOptions, StripeActions } from '../actions';
import { decimals, formatMoney } from '../money';
import { DELAYED_METHODS } from '../objects/charge';
import { redirectAfter } from '../payments/completing';
import { DECLINE_REASONS, type DeclineReason } from '../payments/charging';
import { findLink } from '../payments/opening';
import type { PaymentMethod } from '../objects/charge';
import type { Simulation } from '../simulation';
import type { Session } from '../wire';
import { paidPage } from './paid';

type Form = Record<string, string>;

/** The hosted page behind a link's or session's URL. */
export function paymentRoutes(
	router: Router,
	simulation: Simulation,
	actions: StripeActions,
): void {
	const { sessions } = simulation.store;

	// Stripe, too, makes a checkout session for every opening of a link.
	router.get('/pay/:code', async (req: Request, res: Response) => {
		const link = findLink(simulation, String(req.params['code']));
		if (!link) return void res.status(404).type('html').send(goneText('This link does not exist.'));
		if (!link.active) {
			const text = link.inactive_message ?? 'This link is no longer active.';
			return void res.type('html').send(goneText(text));
		}
		const query = req.originalUrl.split(/\?(.*)/s)[1] ?? '';
		const session = await actions.open(`${link.url}?${query}`);
		res.type('html').send(checkoutPage(simulation, session));
	});

	router.get('/c/pay/:id', (req: Request, res: Response) => {
		simulation.expireDueSessions();
		const session = sessions.get(String(req.params['id']));
		if (session.status === 'expired') {
			return void res.type('html').send(goneText('This page has expired.'));
		}
		const text =
			session.status === 'open' ? checkoutPage(simulation, session) : paidPage(simulation, session);
		res.type('html').send(text);
	});

	router.post('/c/pay/:id', async (req: Request, res: Response) => {
		const session = sessions.get(String(req.params['id']));
		const form = req.body as Form;
		await actions.pay(session.id, paymentOptions(form));
		if (session.status === 'open') {
			return void res.type('html').send(checkoutPage(simulation, session, form));
		}
		const target = redirectAfter(simulation, session);
		res.redirect(303, target && isLoopback(target) ? target : `/c/pay/${session.id}`);
	});

	router.post('/c/pay/:id/settle', async (req: Request, res: Response) => {
		const id = String(req.params['id']);
		await actions.settleDelayed(id, (req.body as Form)['ok'] === 'yes');
		res.redirect(303, `/c/pay/${id}`);
	});

	router.post('/c/pay/:id/refund', async (req: Request, res: Response) => {
		const session = sessions.get(String(req.params['id']));
		const amount = (req.body as Form)['amount'] ?? '';
		await actions.refund(
			String((req.body as Form)['intent']),
			amount === '' ? undefined : toMinor(amount, session.currency ?? 'usd'),
		);
		res.redirect(303, `/c/pay/${session.id}`);
	});

	router.post('/c/pay/:id/close-dispute', async (req: Request, res: Response) => {
		const form = req.body as Form;
		const dispute = simulation.store.disputes
			.newestFirst()
			.find(({ charge }) => charge === form['charge']);
		await actions.closeDispute(String(dispute?.id), form['won'] === 'yes');
		res.redirect(303, `/c/pay/${String(req.params['id'])}`);
	});

	router.post('/c/pay/:id/dispute', async (req: Request, res: Response) => {
		await actions.dispute(String((req.body as Form)['intent']));
		res.redirect(303, `/c/pay/${String(req.params['id'])}`);
	});
}

function paymentOptions(form: Form): PaymentOptions {
	const choice = form['choice'] ?? 'card';
	const refused = DECLINE_REASONS.includes(choice as DeclineReason);
	return {
		email: form['email'] || undefined,
		name: form['name'] || undefined,
		method: refused ? 'card' : (choice as PaymentMethod),
		outcome: refused ? (choice as DeclineReason) : 'succeed',
	};
}

function isLoopback(target: string): boolean {
	if (!URL.canParse(target)) return false;
	return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(target).hostname);
}

/** `19.99` → 1999, without floating point. */
function toMinor(text: string, currency: string): number {
	const places = decimals(currency);
	const parts = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim());
	const fraction = (parts?.[2] ?? '').padEnd(places, '0');
	if (!parts || fraction.length > places) throw new Error(`"${text}" is not an amount.`);
	return Number(`${parts[1]}${fraction}`);
}

function goneText(message: string): string {
	return page(
		'Payment',
		html`<div class="card">
			<h1>Nothing to pay here</h1>
			<p>${message}</p>
		</div>`,
		{ width: 'narrow' },
	);
}

function checkoutPage(simulation: Simulation, session: Session, tried?: Form): string {
	const { lineItems } = simulation.store.plan(session.id);
	const intent = simulation.store.paymentIntents.find(session.payment_intent);
	const email = tried?.['email'] ?? session.customer_email ?? 'payer@example.com';
	const name = tried?.['name'] ?? 'Example Payer';
	const recurring = lineItems.find(({ price }) => price?.recurring)?.price?.recurring;
	const refusal = tried && (intent?.last_payment_error?.message ?? 'Your card was declined.');
	return page(
		'Pay',
		html`<div class="card">
			<h1>${lineItems.map(({ description }) => description).join(', ')}</h1>
			<div class="amount">
				${formatMoney(session.amount_total ?? 0, session.currency ?? 'usd')}
				${recurring && html`<span class="soft"> / ${recurring.interval}</span>`}
			</div>
			${refusal && html`<p class="bad" role="alert">${refusal}</p>`}
			<form method="post" action="/c/pay/${session.id}">
				<label>E-mail<input name="email" type="email" required value="${email}" /></label>
				<label>Name<input name="name" value="${name}" /></label>
				<button class="wide" name="choice" value="card">Pay</button>
				${choices('Decline', ['generic_decline'])}
				<details>
					<summary class="soft">Other outcomes</summary>
					<p class="soft">Refused because of</p>
					<div class="row">${DECLINE_REASONS.map((reason) => choice(reason))}</div>
					<p class="soft">Paid with a method that takes days</p>
					<div class="row">${DELAYED_METHODS.map((method) => choice(method))}</div>
				</details>
			</form>
			<p class="soft">Simulated Stripe: no money moves.</p>
		</div>`,
		{ width: 'narrow' },
	);
}

function choices(label: string, values: string[]): Html[] {
	return values.map(
		(value) => html`<button class="wide quiet" name="choice" value="${value}">${label}</button>`,
	);
}

function choice(value: string): Html {
	return html`<button class="small quiet" name="choice" value="${value}">
		${value.replaceAll('_', ' ')}
	</button>`;
}
