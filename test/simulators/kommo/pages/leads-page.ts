import { html, type Html } from '../../http/html';
import type { Context } from '../context';

/** All leads by pipeline and stage. */
export function leadsPage(ctx: Context): Html {
	const leads = [...ctx.store.leads.values()].filter(({ is_deleted }) => !is_deleted);
	const boards = [...ctx.store.pipelines.values()].map(
		(pipeline) => html`
			<h2>${pipeline.name}</h2>
			<div class="board">
				${pipeline.statuses.map(
					(status) => html`
						<div class="stage" style="border-color: ${status.color}">
							<h3>${status.name}</h3>
							${leads
								.filter((lead) => lead.pipeline_id === pipeline.id && lead.status_id === status.id)
								.map(
									(lead) => html`
										<a class="deal" href="/leads/detail/${lead.id}">
											<b>${lead.name}</b><br />${lead.price} ${ctx.account.currency}
										</a>
									`,
								)}
						</div>
					`,
				)}
			</div>
		`,
	);
	return html`<h1>Leads</h1>
		${newDealForm(ctx)} ${boards}`;
}

export function newDealForm(ctx: Context): Html {
	return html`<form method="post" action="/leads/new">
		<input name="name" placeholder="Deal name" aria-label="Deal name" />
		<input name="price" placeholder="Price, ${ctx.account.currency}" aria-label="Price" size="10" />
		<input name="contact" placeholder="Contact name" aria-label="Contact name" />
		<input name="email" placeholder="Contact e-mail" aria-label="Contact e-mail" />
		<button>New deal</button>
	</form>`;
}
