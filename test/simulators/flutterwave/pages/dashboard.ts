import type { Request, Response, Router } from 'express';
import { faultForms, faultRoutes } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { html, page, section, type Html } from '../../http/html';
import type { FlutterwaveActions } from '../actions';
import { METHODS } from '../methods';
import { formatMoney } from '../money';
import { linkState } from '../payments/links';
import type { Simulation } from '../simulation';
import { BRAND } from './brand';
import { faultDesk } from './fault-desk';
import { questionForm, questionRoutes } from './question-form';
import { settingsForm, settingsRoutes } from './settings-form';

type Form = Record<string, string>;

/** `GET /`: what the account holds, its preferences, what was sent where, and switches for what may go wrong. */
export function dashboardRoutes(
	router: Router,
	simulation: Simulation,
	actions: FlutterwaveActions,
	faults: Faults,
): void {
	router.get('/', (_req: Request, res: Response) => {
		res.type('html').send(dashboard(simulation, faults));
	});
	router.post('/dashboard/resend', async (req: Request, res: Response) => {
		await actions.resendHook(String((req.body as Form)['transaction']));
		res.redirect(303, '/');
	});
	router.post('/dashboard/repeat', async (req: Request, res: Response) => {
		await actions.repeatHook(String((req.body as Form)['hook']));
		res.redirect(303, '/');
	});
	router.post('/dashboard/subscription', async (req: Request, res: Response) => {
		const { id = '', what } = req.body as Form;
		if (what === 'renew') await actions.renew(id);
		else if (what === 'fail') await actions.failRenewal(id);
		else await actions.cancelSubscription(id);
		res.redirect(303, '/');
	});
	settingsRoutes(router, simulation);
	faultRoutes(router, faultDesk(simulation, faults));
	questionRoutes(router, simulation);
}

function dashboard(simulation: Simulation, faults: Faults): string {
	return page(
		'Simulated Flutterwave',
		html`<h1>Simulated Flutterwave</h1>
			<p class="soft">
				Everything here is made up; no money moves. ${simulation.live ? 'Live' : 'Test'} mode.
			</p>
			${section('Payment links', ['Link', 'Amount', 'State', 'Meta'], links(simulation))}
			${section('Transactions', ['Transaction', 'Amount', 'State', ''], transactions(simulation))}
			${section('Subscriptions', ['Subscription', 'Plan', 'State', ''], subscriptions(simulation))}
			<h2>Settings: webhooks</h2>
			<div class="card">${settingsForm(simulation)}</div>
			${section('Webhooks sent', ['Event', 'To', 'Deliveries', ''], hooks(simulation))}
			<h2>What may go wrong</h2>
			<div class="card">
				${faultForms(faultDesk(simulation, faults))} ${questionForm(simulation)}
			</div>`,
		{ brand: BRAND },
	);
}

function links(simulation: Simulation): Html[] {
	return newestFirst(simulation.store.links).map(
		(link) =>
			html`<tr>
				<td><a href="/v3/hosted/pay/${link.code}">${link.txRef}</a></td>
				<td>${formatMoney(link.amount, link.currency)}</td>
				<td>${linkState(simulation, link)}</td>
				<td><code>${JSON.stringify(link.meta)}</code></td>
			</tr>`,
	);
}

function transactions({ store }: Simulation): Html[] {
	return newestFirst(store.transactions).map(
		(transaction) =>
			html`<tr>
				<td>
					<code>${transaction.id}</code> ${transaction.txRef}
					${
						transaction.linkCode !== null &&
						html`<br /><a href="/v3/hosted/pay/${transaction.linkCode}">open, refund</a>`
					}
				</td>
				<td>
					${formatMoney(transaction.amount, transaction.currency)}<br />
					<span class="soft">${METHODS[transaction.method].label}</span>
				</td>
				<td>
					${transaction.status}
					${store
						.refundsOf(transaction)
						.map(
							({ amount, status }) =>
								html`<br /><span class="soft"
										>refund of ${formatMoney(amount, transaction.currency)}: ${status}</span
									>`,
						)}
				</td>
				<td>
					<form method="post" action="/dashboard/resend">
						<input type="hidden" name="transaction" value="${transaction.id}" />
						<button class="small quiet">Resend webhook</button>
					</form>
				</td>
			</tr>`,
	);
}

function subscriptions({ store }: Simulation): Html[] {
	return newestFirst(store.subscriptions).map(
		({ id, planId, status, customer }) =>
			html`<tr>
				<td><code>${id}</code><br />${customer.email}</td>
				<td>${store.plan(planId).name}, ${store.plan(planId).interval}</td>
				<td>${status}</td>
				<td>
					${
						status === 'active' &&
						html`<form class="row" method="post" action="/dashboard/subscription">
							<input type="hidden" name="id" value="${id}" />
							<button class="small quiet" name="what" value="renew">Renew</button>
							<button class="small quiet" name="what" value="fail">Renewal fails</button>
							<button class="small quiet" name="what" value="cancel">Cancel</button>
						</form>`
					}
				</td>
			</tr>`,
	);
}

function hooks({ store, deliveries }: Simulation): Html[] {
	return newestFirst(store.hooks)
		.slice(0, 100)
		.map((hook) => {
			const attempts = deliveries.attempts.filter(({ deliveryId }) => deliveryId === hook.id);
			const delivered = attempts.some(({ status }) => status === 200);
			return html`<tr>
				<td>${hook.event}, ${hook.status}<br /><code class="soft">${hook.subjectId}</code></td>
				<td>${hook.url}</td>
				<td>
					<span class="${delivered ? 'good' : 'bad'}"
						>${delivered ? 'delivered' : 'not delivered'}</span
					>
					${attempts.length} ×, last answer: ${attempts.at(-1)?.status || 'none'}
				</td>
				<td>
					<form method="post" action="/dashboard/repeat">
						<input type="hidden" name="hook" value="${hook.id}" />
						<button class="small quiet">Resend</button>
					</form>
				</td>
			</tr>`;
		});
}

function newestFirst<T>(items: Map<unknown, T>): T[] {
	return [...items.values()].reverse();
}
