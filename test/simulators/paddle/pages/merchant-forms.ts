import { html, type Html } from '../../http/html';
import { remaining } from '../entities/adjustment';
import { currency, formatMoney } from '../money';
import type { Simulation } from '../simulation';
import type { Adjustment, Subscription, Transaction } from '../wire';

/** What the merchant, Paddle and the bank can do with a paid transaction. */
export function merchantForms(simulation: Simulation, transaction: Transaction): Html {
	const { store } = simulation;
	const { id, status } = transaction;
	const adjustments = store.adjustments.newestFirst().filter(({ transaction_id: of }) => of === id);
	const subscription = store.subscriptions.find(transaction.subscription_id);
	return html`${
		status === 'paid' &&
		html`<h2>Processing</h2>
			<form class="card" method="post" action="/pay/${id}/complete">
				<button>Complete</button>
			</form>`
	}
	${status === 'completed' && moneyBack(simulation, transaction)}
	${
		adjustments.length > 0 &&
		html`<h2>Adjustments</h2>
			<div class="card">
				<table>
					${adjustments.map((item) => adjustmentRow(id, item))}
				</table>
			</div>`
	}
	${
		subscription &&
		html`<h2>Subscription</h2>
			<div class="card">
				<p>${describe(subscription)}</p>
				${subscriptionForm(subscription, `/pay/${id}/subscription`)}
			</div>`
	}`;
}

/** Status and what comes next, in words. */
export function describe(subscription: Subscription): string {
	const { status, next_billed_at: next, scheduled_change: change } = subscription;
	if (change) return `${status}, ${change.action} on ${change.effective_at.slice(0, 10)}`;
	return next ? `${status}, next billed on ${next.slice(0, 10)}` : status;
}

export function subscriptionForm(
	{ id, status, scheduled_change: change }: Subscription,
	action: string,
): Html {
	if (status === 'canceled') return html``;
	const choices: Array<[string, string]> =
		status === 'paused'
			? [['resume', 'Resume']]
			: [
					['renew', change ? 'Reach the end of the period' : 'Renew'],
					['fail', 'Renewal fails'],
				];
	if (!change) choices.push(['cancel', 'Cancel now']);
	if (!change && status !== 'paused') {
		choices.push(['cancel-later', 'Cancel at period end'], ['pause', 'Pause']);
	}
	return html`<form class="row" method="post" action="${action}">
		<input type="hidden" name="subscription" value="${id}" />
		${choices.map(
			([value, label]) =>
				html`<button class="small quiet" name="what" value="${value}">${label}</button>`,
		)}
	</form>`;
}

function moneyBack(simulation: Simulation, transaction: Transaction): Html {
	const { id, currency_code: code, details } = transaction;
	const left = details.line_items.reduce((sum, line) => sum + remaining(simulation, line), 0);
	const disputed = simulation.store.adjustments
		.oldestFirst()
		.some(
			({ transaction_id: of, action, status }) =>
				of === id && action === 'chargeback' && status === 'approved',
		);
	const step = 1 / 10 ** currency(code).decimal_places;
	return html`<h2>Money back</h2>
		<div class="card">
			<p class="soft">${formatMoney(String(left), code)} left</p>
			<form class="row" method="post" action="/pay/${id}/refund">
				<input
					name="amount"
					type="number"
					min="0"
					step="${step}"
					placeholder="all of it"
					aria-label="amount"
				/>
				<button>Refund</button>
			</form>
			<br />
			<form class="row" method="post" action="/pay/${id}/dispute">
				<button class="quiet" name="what" value="chargeback">Chargeback</button>
				${
					disputed &&
					html`<button class="quiet" name="what" value="reverse">Reverse the chargeback</button>`
				}
			</form>
		</div>`;
}

function adjustmentRow(transactionId: string, adjustment: Adjustment): Html {
	const { id, action, status, totals } = adjustment;
	return html`<tr>
		<td>${action.replaceAll('_', ' ')}<br /><code class="soft">${id}</code></td>
		<td>${formatMoney(totals.total, totals.currency_code)}</td>
		<td>
			${status.replaceAll('_', ' ')}
			${
				status === 'pending_approval' &&
				html`<form class="row" method="post" action="/pay/${transactionId}/adjustment">
					<input type="hidden" name="adjustment" value="${id}" />
					<button class="small" name="what" value="approve">Approve</button>
					<button class="small quiet" name="what" value="reject">Reject</button>
				</form>`
			}
		</td>
	</tr>`;
}
