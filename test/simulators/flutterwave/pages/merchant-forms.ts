import { html, type Html } from '../../http/html';
import { formatMoney, hundredths } from '../money';
import { refundedHundredths } from '../payments/refunding';
import type { Simulation } from '../simulation';
import type { PaymentLink, Transaction } from '../store';

/** What the merchant can do with a successful transaction: refund it, in parts too. */
export function merchantForms(
	simulation: Simulation,
	link: PaymentLink,
	transaction: Transaction,
): Html {
	const refunded = refundedHundredths(simulation, transaction);
	const left = hundredths(transaction.amount) - refunded;
	return html`<h2>As the merchant</h2>
		<p class="soft">
			Transaction <code>${transaction.id}</code>,
			${formatMoney(transaction.amount, transaction.currency)}<br />
			${refunded > 0 && html`Refunded: ${formatMoney(refunded / 100, transaction.currency)}`}
		</p>
		${pendingRefunds(simulation, link, transaction)}
		${
			left > 0 &&
			html`<form method="post" action="/v3/hosted/pay/${link.code}/refund">
				<input type="hidden" name="transaction" value="${transaction.id}" />
				<label>Amount (empty: all of it)<input name="amount" inputmode="decimal" /></label>
				<div class="row">
					<button>Refund</button>
					<button class="quiet" name="pending" value="yes">Refund, pending first</button>
				</div>
			</form>`
		}`;
}

function pendingRefunds(
	simulation: Simulation,
	link: PaymentLink,
	transaction: Transaction,
): Html[] {
	return simulation.store
		.refundsOf(transaction)
		.filter(({ status }) => status.startsWith('pending'))
		.map(
			({ id, amount }) =>
				html`<form class="row" method="post" action="/v3/hosted/pay/${link.code}/settle-refund">
					<input type="hidden" name="refund" value="${id}" />
					<span>Refund of ${formatMoney(amount, transaction.currency)} is pending</span>
					<button class="small" name="ok" value="yes">It arrives</button>
					<button class="small quiet" name="ok" value="no">It fails</button>
				</form>`,
		);
}
