import type { Request, Response, Router } from 'express';
import { faultForms, faultRoutes } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { html, page, section, type Html } from '../../http/html';
import type { CheckoutComActions } from '../actions';
import { formatMoney } from '../money';
import { linkStatus } from '../objects/payment-link';
import type { Simulation } from '../simulation';
import type { StoredEvent } from '../store';
import { BRAND } from './brand';
import { faultDesk } from './fault-desk';

/** `GET /`: what the account holds, what was sent where, and switches for what may go wrong. */
export function dashboardRoutes(
	router: Router,
	simulation: Simulation,
	actions: CheckoutComActions,
	faults: Faults,
): void {
	router.get('/', (_req: Request, res: Response) => {
		res.type('html').send(dashboard(simulation, faults));
	});
	router.post('/dashboard/resend', async (req: Request, res: Response) => {
		await actions.resend(String((req.body as Record<string, string>)['event']));
		res.redirect(303, '/');
	});
	router.post('/dashboard/reflow', async (req: Request, res: Response) => {
		await actions.reflow(String((req.body as Record<string, string>)['event']));
		res.redirect(303, '/');
	});
	faultRoutes(router, faultDesk(simulation, faults));
}

function dashboard(simulation: Simulation, faults: Faults): string {
	return page(
		'Simulated Checkout.com',
		html`<h1>Simulated Checkout.com</h1>
			<p class="soft">
				Everything here is made up; no money moves. ${simulation.sandbox ? 'Sandbox' : 'Live'}
				account, processing channel <code>${simulation.processingChannelId}</code>.
			</p>
			${section('Payment links', ['Link', 'Amount', 'Status', 'Reference'], links(simulation))}
			${section('Payments', ['Payment', 'Amount', 'Status', 'Reference'], payments(simulation))}
			${section('Workflows', ['Workflow', 'Webhooks', 'Events'], workflows(simulation))}
			${section('Events', ['Event', 'Subject', 'Deliveries', ''], events(simulation))}
			<h2>What may go wrong</h2>
			<div class="card">${faultForms(faultDesk(simulation, faults))}</div>`,
		{ brand: BRAND },
	);
}

function links(simulation: Simulation): Html[] {
	return newestFirst(simulation.store.links).map((link) => {
		const { amount, currency, reference, metadata } = link.request;
		return html`<tr>
			<td><a href="/link/${link.id}">${link.id}</a></td>
			<td>${formatMoney(amount, currency)}</td>
			<td>${linkStatus(simulation, link)}</td>
			<td>${reference}<br /><code>${JSON.stringify(metadata)}</code></td>
		</tr>`;
	});
}

function payments({ store }: Simulation): Html[] {
	return newestFirst(store.payments).map(
		(payment) =>
			html`<tr>
				<td>
					<code>${payment.id}</code><br />
					<a href="/link/${payment.linkId}">open, refund, dispute</a>
				</td>
				<td>${formatMoney(payment.amount, payment.currency)}</td>
				<td>
					${payment.status}<br />
					<span class="soft">${payment.actions.at(-1)?.response_summary}</span>
				</td>
				<td>${store.link(payment.linkId).request.reference}</td>
			</tr>`,
	);
}

function workflows({ store }: Simulation): Html[] {
	return newestFirst(store.workflows).map(
		({ id, name, active, actions, conditions }) =>
			html`<tr>
				<td>${name}<br /><code class="soft">${id}</code> ${!active && 'inactive'}</td>
				<td>${actions.map(({ url }) => html`<div>${url}</div>`)}</td>
				<td>
					${conditions.map((condition) =>
						condition.type === 'event'
							? Object.values(condition.events).flat().join(', ')
							: html`<br /><span class="soft">only one ${condition.type}</span>`,
					)}
				</td>
			</tr>`,
	);
}

function events(simulation: Simulation): Html[] {
	return newestFirst(simulation.store.events)
		.slice(0, 100)
		.map(
			(event) =>
				html`<tr>
					<td>${event.type}<br /><code class="soft">${event.id}</code></td>
					<td><code>${event.subjectId}</code></td>
					<td>${deliveries(simulation, event)}</td>
					<td>
						<form class="row" method="post" action="/dashboard/resend">
							<input type="hidden" name="event" value="${event.id}" />
							<button class="small quiet">Resend</button>
							<button class="small quiet" formaction="/dashboard/reflow">Reflow</button>
						</form>
					</td>
				</tr>`,
		);
}

function deliveries(simulation: Simulation, event: StoredEvent): Html[] {
	return event.invocations.map((invocation) => {
		const status = simulation.events.status(event, invocation);
		const attempts = simulation.events.attempts(event, invocation);
		const last = attempts.at(-1)?.status;
		const told = attempts.length > 0 && `${attempts.length} ×, last ${last || 'no answer'}`;
		return html`<div>
			<span class="${status === 'successful' ? 'good' : 'bad'}">${status}</span> ${told}
			<span class="soft">${invocation.action.url}</span>
		</div>`;
	});
}

function newestFirst<T>(items: Map<string, T>): T[] {
	return [...items.values()].reverse();
}
