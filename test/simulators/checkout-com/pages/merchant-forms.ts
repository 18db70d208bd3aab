import { html, type Html } from '../../http/html';
import { formatMoney } from '../money';
import type { Simulation } from '../simulation';
import type { Payment, PaymentLink } from '../store';

const OUTCOMES = [
	'evidence_required',
	'won',
	'lost',
	'accepted',
	'expired',
	'canceled',
	'arbitration_won',
	'arbitration_lost',
	'resolved',
];

/** A payment in progress with another party. */
export function pendingForms(link: PaymentLink, payment: Payment): Html {
	return html`<p>Waiting for ${payment.source.type}.</p>
		<form class="row" method="post" action="/link/${link.id}/succeed">
			<input type="hidden" name="payment" value="${payment.id}" />
			<button>It succeeds</button>
			<button class="quiet" formaction="/link/${link.id}/expire">It expires</button>
			<button class="quiet" formaction="/link/${link.id}/cancel">The payer cancels</button>
		</form>`;
}

/** What the merchant and the bank can do with a payment, as its balances allow. */
export function merchantForms(simulation: Simulation, link: PaymentLink, payment: Payment): Html {
	const { balances, currency } = payment;
	return html`<h2>As the merchant</h2>
		<p class="soft">
			<code>${payment.id}</code><br />${payment.status}. Captured
			${formatMoney(balances.total_captured, currency)}, refunded
			${formatMoney(balances.total_refunded, currency)}
		</p>
		${
			balances.available_to_capture > 0 &&
			html`<form class="row" method="post" action="/link/${link.id}/capture">
				<input type="hidden" name="payment" value="${payment.id}" />
				<button>Capture</button>
				<button class="quiet" formaction="/link/${link.id}/void">Void</button>
			</form>`
		}
		${
			balances.available_to_refund > 0 &&
			html`<form method="post" action="/link/${link.id}/refund">
				<input type="hidden" name="payment" value="${payment.id}" />
				<label>Amount (empty: all of it)<input name="amount" inputmode="decimal" /></label>
				<div class="row">
					<button>Refund</button>
					<button class="quiet" formaction="/link/${link.id}/dispute">Dispute</button>
					<button class="quiet" formaction="/link/${link.id}/return">Return</button>
				</div>
			</form>`
		}
		${disputes(simulation, link, payment)}`;
}

function disputes(simulation: Simulation, link: PaymentLink, payment: Payment): Html[] {
	return [...simulation.store.disputes.values()]
		.filter(({ paymentId }) => paymentId === payment.id)
		.map(
			({ id, status }) =>
				html`<form class="row" method="post" action="/link/${link.id}/outcome">
					<input type="hidden" name="dispute" value="${id}" />
					<p>Dispute <code>${id}</code>: ${status}</p>
					<select name="outcome" aria-label="outcome">
						${OUTCOMES.map((outcome) => html`<option>${outcome}</option>`)}
					</select>
					<button class="quiet">Move the dispute</button>
				</form>`,
		);
}
