import { html, page, type Html } from '../../http/html';
import { formatMoney } from '../money';
import { redirectAfter } from '../payments/completing';
import { intentOf } from '../payments/invoicing';
import type { Simulation } from '../simulation';
import type { Charge, PaymentIntent, Session } from '../wire';

/** What the payer sees afterwards, with the merchant's buttons beside it. */
export function paidPage(simulation: Simulation, session: Session): string {
	const invoice = simulation.store.invoices.find(session.invoice);
	const intent =
		simulation.store.paymentIntents.find(session.payment_intent) ??
		(invoice && intentOf(simulation, invoice));
	const charge = simulation.store.charges.find(intent?.latest_charge);
	const target = redirectAfter(simulation, session);
	return page(
		'Paid',
		html`<div class="card">
			${headline(session, intent, charge)}
			<div class="amount">${formatMoney(session.amount_total ?? 0, session.currency ?? 'usd')}</div>
			<p class="soft">
				<code>${session.id}</code><br /><code>${intent?.id}</code>
				${session.subscription && html`<br /><code>${session.subscription}</code>`}
			</p>
			${target && html`<p><a href="${target}">Continue to ${target}</a></p>`}
			${intent?.status === 'processing' && settleForm(session)}
			${intent && charge && merchantForms(session, intent, charge)}
		</div>`,
		{ width: 'narrow' },
	);
}

function headline(
	session: Session,
	intent: PaymentIntent | undefined,
	charge: Charge | undefined,
): Html {
	if (charge?.disputed) return html`<h1 class="bad">Disputed</h1>`;
	if (charge?.refunded) return html`<h1>Refunded</h1>`;
	if (charge && charge.amount_refunded > 0) {
		const refunded = formatMoney(charge.amount_refunded, charge.currency);
		return html`<h1>Partially refunded: ${refunded}</h1>`;
	}
	if (session.payment_status === 'paid') return html`<h1 class="good">Paid</h1>`;
	if (session.payment_status === 'no_payment_required') return html`<h1>Trial started</h1>`;
	return intent?.status === 'processing'
		? html`<h1>Payment on its way</h1>`
		: html`<h1 class="bad">The payment failed</h1>`;
}

function settleForm(session: Session): Html {
	return html`<form method="post" action="/c/pay/${session.id}/settle" class="row">
		<button name="ok" value="yes">The bank pays</button>
		<button class="quiet" name="ok" value="no">The bank refuses</button>
	</form>`;
}

function merchantForms(session: Session, intent: PaymentIntent, charge: Charge): Html | false {
	if (charge.status !== 'succeeded') return false;
	if (charge.disputed) {
		return html`<form method="post" action="/c/pay/${session.id}/close-dispute" class="row">
			<input type="hidden" name="charge" value="${charge.id}" />
			<button name="won" value="yes">The merchant wins</button>
			<button class="quiet" name="won" value="no">The merchant loses</button>
		</form>`;
	}
	const dispute = html`<form method="post" action="/c/pay/${session.id}/dispute">
		<input type="hidden" name="intent" value="${intent.id}" />
		<button class="quiet">Dispute</button>
	</form>`;
	if (charge.refunded) return dispute;
	return html`<h2>As the merchant</h2>
		<form method="post" action="/c/pay/${session.id}/refund">
			<input type="hidden" name="intent" value="${intent.id}" />
			<label>Amount (empty: all of it)<input name="amount" inputmode="decimal" /></label>
			<div class="row"><button>Refund</button></div>
		</form>
		<br />${dispute}`;
}
