import type { Request, Response, Router } from 'express';
import { faultForms, faultRoutes } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { html, page, section, type Html } from '../../http/html';
import type { StripeActions } from '../actions';
import { formatMoney } from '../money';
import type { Simulation } from '../simulation';
import type { StripeEvent } from '../wire';
import { faultDesk } from './fault-desk';

type Form = Record<string, string>;

/** `GET /`: what the account holds, what was sent where, and switches for what may go wrong. */
export function dashboardRoutes(
	router: Router,
	simulation: Simulation,
	actions: StripeActions,
	faults: Faults,
): void {
	router.get('/', (_req: Request, res: Response) => {
		res.type('html').send(dashboard(simulation, faults));
	});
	router.post('/dashboard/resend', async (req: Request, res: Response) => {
		await actions.resend(String((req.body as Form)['event']));
		res.redirect(303, '/');
	});
	router.post('/dashboard/twin', async (req: Request, res: Response) => {
		await actions.twinEvent(String((req.body as Form)['event']));
		res.redirect(303, '/');
	});
	router.post('/dashboard/subscription', async (req: Request, res: Response) => {
		const { id = '', what } = req.body as Form;
		if (what === 'renew') await actions.renew(id);
		else if (what === 'fail') await actions.failRenewal(id);
		else await actions.cancelSubscription(id);
		res.redirect(303, '/');
	});
	faultRoutes(router, faultDesk(simulation, faults));
}

function dashboard(simulation: Simulation, faults: Faults): string {
	return page(
		'Simulated Stripe',
		html`<h1>Simulated Stripe</h1>
			<p class="soft">Everything here is made up; no money moves.</p>
			${section('Payment links', ['Link', 'Amount', 'State', 'Metadata'], links(simulation))}
			${section('Payments', ['Payment', 'Amount', 'State', 'Metadata'], payments(simulation))}
			${section('Subscriptions', ['Subscription', 'State', ''], subscriptions(simulation))}
			${section('Webhook endpoints', ['URL', 'Version', 'Events'], endpoints(simulation))}
			${section('Events', ['Event', 'Object', 'Deliveries', ''], events(simulation))}
			<h2>What may go wrong</h2>
			<div class="card">${faultForms(faultDesk(simulation, faults))}</div>`,
	);
}

function links({ store }: Simulation): Html[] {
	return store.links.newestFirst().map((link) => {
		const total = (store.linkItems.get(link.id) ?? []).reduce((sum, i) => sum + i.amount_total, 0);
		const used = link.restrictions?.completed_sessions;
		return html`<tr>
			<td><a href="${link.url}">${link.url}</a><br /><code class="soft">${link.id}</code></td>
			<td>${formatMoney(total, link.currency)}</td>
			<td>
				${link.active ? html`<span class="good">active</span>` : 'inactive'}
				${used && html`<br /><span class="soft">${used.count} of ${used.limit} used</span>`}
			</td>
			<td><code>${JSON.stringify(link.metadata)}</code></td>
		</tr>`;
	});
}

function payments({ store }: Simulation): Html[] {
	return store.paymentIntents.newestFirst().map((intent) => {
		const { invoice: invoiceId } =
			store.invoicePayments
				.oldestFirst()
				.find(({ payment }) => payment.payment_intent === intent.id) ?? {};
		const session = store.sessions
			.oldestFirst()
			.find(
				({ payment_intent, invoice }) =>
					payment_intent === intent.id || (invoice && invoice === invoiceId),
			);
		return html`<tr>
			<td>
				<code>${intent.id}</code>
				${session && html`<br /><a href="/c/pay/${session.id}">open, refund, dispute</a>`}
			</td>
			<td>${formatMoney(intent.amount, intent.currency)}</td>
			<td>${intent.status}<br /><span class="bad">${intent.last_payment_error?.message}</span></td>
			<td><code>${JSON.stringify(intent.metadata)}</code></td>
		</tr>`;
	});
}

function subscriptions({ store }: Simulation): Html[] {
	return store.subscriptions.newestFirst().map(
		({ id, status }) =>
			html`<tr>
				<td><code>${id}</code></td>
				<td>${status}</td>
				<td>
					${
						status !== 'canceled' &&
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

function endpoints({ store }: Simulation): Html[] {
	return store.endpoints.newestFirst().map(
		(endpoint) =>
			html`<tr>
				<td>${endpoint.url}<br /><code class="soft">${endpoint.id}</code></td>
				<td>${endpoint.api_version ?? 'account default'}<br />${endpoint.status}</td>
				<td>${endpoint.enabled_events.join(', ')}</td>
			</tr>`,
	);
}

function events(simulation: Simulation): Html[] {
	return simulation.store.events
		.newestFirst()
		.slice(0, 100)
		.map(
			(event) =>
				html`<tr>
					<td>${event.type}<br /><code class="soft">${event.id}</code></td>
					<td><code>${event.data.object.id}</code></td>
					<td>${deliveryText(simulation, event)}</td>
					<td>
						<form class="row" method="post" action="/dashboard/resend">
							<input type="hidden" name="event" value="${event.id}" />
							<button class="small quiet">Resend</button>
							<button class="small quiet" formaction="/dashboard/twin">Send a twin</button>
						</form>
					</td>
				</tr>`,
		);
}

function deliveryText(simulation: Simulation, event: StripeEvent): Html[] {
	return simulation.events.states(event.id).map(
		({ url, attempts, lastStatus, delivered }) =>
			html`<div>
				<span class="${delivered ? 'good' : 'bad'}"
					>${delivered ? 'delivered' : 'not delivered'}</span
				>
				(attempts: ${attempts}, last answer: ${lastStatus || 'none'})
				<span class="soft">${url}</span>
			</div>`,
	);
}
