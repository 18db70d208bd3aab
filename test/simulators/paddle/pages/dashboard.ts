import type { Request, Response, Router } from 'express';
import { faultForms, faultRoutes } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { html, page, section, type Html } from '../../http/html';
import type { PaddleActions } from '../actions';
import { notificationState } from '../events/notification-state';
import { formatMoney } from '../money';
import type { Simulation } from '../simulation';
import { faultDesk } from './fault-desk';
import { LOOK } from './look';
import { describe, subscriptionForm } from './merchant-forms';
import { changeSubscription } from './payment';

type Form = Record<string, string>;

const SHOWN = 100;

/** What the account holds, what was sent where, and switches for what may go wrong. `GET /` for browsers. */
export function dashboardRoutes(
	router: Router,
	simulation: Simulation,
	actions: PaddleActions,
	faults: Faults,
): void {
	const show = (_req: Request, res: Response): void => {
		res.type('html').send(dashboard(simulation, faults));
	};
	router.get('/dashboard', show);
	// The API root has the same path; browsers ask for HTML first, API clients do not.
	router.get('/', (req, res, next) =>
		req.accepts(['json', 'html']) === 'html' ? show(req, res) : next(),
	);
	router.post('/dashboard/notification', (req: Request, res: Response) => {
		const { id = '', what } = req.body as Form;
		if (what === 'replay') actions.replay(id);
		else actions.resend(id);
		res.redirect(303, '/dashboard');
	});
	router.post('/dashboard/subscription', (req: Request, res: Response) => {
		const { subscription = '', what = '' } = req.body as Form;
		changeSubscription(actions, subscription, what);
		res.redirect(303, '/dashboard');
	});
	router.post('/dashboard/simulate', (req: Request, res: Response) => {
		const { id = '', type = '' } = req.body as Form;
		actions.simulate(id, type);
		res.redirect(303, '/dashboard');
	});
	faultRoutes(router, faultDesk(simulation, faults));
}

function dashboard(simulation: Simulation, faults: Faults): string {
	return page(
		'Simulated Paddle',
		html`<h1>Simulated Paddle</h1>
			<p class="soft">
				Everything here is made up; no money moves. Default payment link:
				${simulation.settings.defaultCheckoutUrl ?? 'not set'}
			</p>
			${section('Transactions', ['Transaction', 'Amount', 'State', 'Custom data'], transactions(simulation))}
			${section('Subscriptions', ['Subscription', 'State', ''], subscriptions(simulation))}
			${section('Notification destinations', ['URL', 'State', 'Events', ''], destinations(simulation))}
			${section('Notifications', ['Event', 'Notification', 'Delivery', ''], notifications(simulation))}
			<h2>What may go wrong</h2>
			<div class="card">${faultForms(faultDesk(simulation, faults))}</div>`,
		{ ...LOOK, width: 'wide' },
	);
}

function transactions({ store }: Simulation): Html[] {
	return store.transactions
		.newestFirst()
		.slice(0, SHOWN)
		.map(
			({ id, details, currency_code: code, status, origin, custom_data: data }) =>
				html`<tr>
					<td><a href="/pay?_ptxn=${id}">${id}</a><br /><span class="soft">${origin}</span></td>
					<td>${formatMoney(details.totals?.grand_total ?? '0', code)}</td>
					<td>${status}</td>
					<td><code>${data && JSON.stringify(data)}</code></td>
				</tr>`,
		);
}

function subscriptions({ store }: Simulation): Html[] {
	return store.subscriptions.newestFirst().map(
		(subscription) =>
			html`<tr>
				<td><code>${subscription.id}</code></td>
				<td>${describe(subscription)}</td>
				<td>${subscriptionForm(subscription, '/dashboard/subscription')}</td>
			</tr>`,
	);
}

function destinations({ store }: Simulation): Html[] {
	return store.settings.newestFirst().map(
		({ id, destination, active, traffic_source: traffic, subscribed_events: events }) =>
			html`<tr>
				<td>${destination}<br /><code class="soft">${id}</code></td>
				<td>${active ? 'active' : 'inactive'}, ${traffic}</td>
				<td>${events.map(({ name }) => name).join(', ')}</td>
				<td>
					${
						traffic !== 'platform' &&
						html`<form method="post" action="/dashboard/simulate">
							<input type="hidden" name="id" value="${id}" />
							<button class="small quiet" name="type" value="transaction.completed">
								Simulate a payment
							</button>
						</form>`
					}
				</td>
			</tr>`,
	);
}

function notifications(simulation: Simulation): Html[] {
	return simulation.store.notifications
		.newestFirst()
		.slice(0, SHOWN)
		.map((notification) => {
			const { id, event, origin } = notification;
			const { status, timesAttempted } = notificationState(simulation, notification);
			return html`<tr>
				<td>${event.event_type}<br /><code class="soft">${event.event_id}</code></td>
				<td>
					<code>${id}</code>${origin === 'replay' && html`<br /><span class="soft">a replay</span>`}
				</td>
				<td>
					<span class="${status === 'delivered' ? 'good' : 'bad'}"
						>${status.replaceAll('_', ' ')}</span
					>
					after ${timesAttempted} ${timesAttempted === 1 ? 'attempt' : 'attempts'}
				</td>
				<td>
					<form class="row" method="post" action="/dashboard/notification">
						<input type="hidden" name="id" value="${id}" />
						<button class="small quiet" name="what" value="replay">Replay</button>
						<button class="small quiet" name="what" value="resend">Send again</button>
					</form>
				</td>
			</tr>`;
		});
}
