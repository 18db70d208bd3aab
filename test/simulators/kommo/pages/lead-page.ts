import { html, type Html } from '../../http/html';
import type { Context } from '../context';
import type { Contact, CustomField, FieldValue, Lead, Note, Task } from '../entities';
import { dottedDay } from '../field-dates';
import { CHOICE_TYPES } from '../field-values';
import { linked } from './linked-text';

/** The deal card: stage, price, contact and fields on the left, notes and tasks on the right. */
export function leadPage(ctx: Context, lead: Lead): Html {
	const pipeline = ctx.store.pipelines.get(lead.pipeline_id);
	const position = pipeline?.statuses.findIndex(({ id }) => id === lead.status_id) ?? -1;
	const color = pipeline?.statuses[position]?.color ?? '#99ccff';
	const fields = [...ctx.store.customFields.leads.values()].filter(
		(field) => field.type !== 'tracking_data' || lead.field_values.has(field.id),
	);
	return html`
		<div class="card">
			<section>
				<div class="panel">
					<h1>${lead.name}</h1>
					<div class="meta">
						#${lead.id} · ${pipeline?.name} · ${userName(ctx, lead.responsible_user_id)}
					</div>
					<div class="stages">
						${pipeline?.statuses.map(
							(_status, index) =>
								html`<i style="${index <= position ? `background: ${color}` : ''}"></i>`,
						)}
					</div>
					${stageForm(ctx, lead)}
					<h2>Sale</h2>
					<div class="price">${lead.price} ${ctx.account.currency}</div>
				</div>
				<div class="panel">
					<table>
						${fields.map((field) => fieldRow(ctx, field, lead.field_values.get(field.id)))}
					</table>
					${fields.length === 0 && html`<div class="meta">No custom fields yet.</div>`}
				</div>
				<div class="panel">
					<h2>Contact</h2>
					${lead.contacts.map(({ id }) => contactBlock(ctx, ctx.store.contacts.get(id)))}
					${lead.contacts.length === 0 && html`<div class="meta">No contact.</div>`}
				</div>
			</section>
			<section>
				<div class="panel">
					<h2>Tasks</h2>
					${tasksOf(ctx, lead).map((task) => taskRow(ctx, task))}
					${tasksOf(ctx, lead).length === 0 && html`<div class="meta">No tasks.</div>`}
				</div>
				<div class="panel">
					<h2>Notes</h2>
					${notesOf(ctx, lead).map((note) => noteBlock(ctx, note))}
					${notesOf(ctx, lead).length === 0 && html`<div class="meta">No notes.</div>`}
				</div>
				<form method="post" action="/leads/new"><button class="quiet">New deal</button></form>
			</section>
		</div>
	`;
}

function stageForm(ctx: Context, lead: Lead): Html {
	return html`<form method="post" action="/leads/detail/${lead.id}/move">
		<select name="stage" aria-label="Stage" onchange="this.form.submit()">
			${[...ctx.store.pipelines.values()].map(
				(pipeline) => html`
					<optgroup label="${pipeline.name}">
						${pipeline.statuses.map(
							(status) =>
								html`<option
									value="${pipeline.id}:${status.id}"
									${pipeline.id === lead.pipeline_id && status.id === lead.status_id && 'selected'}
								>
									${status.name}
								</option>`,
						)}
					</optgroup>
				`,
			)}
		</select>
		<button>Move</button>
	</form>`;
}

function fieldRow(ctx: Context, field: CustomField, values: FieldValue[] | undefined): Html {
	const value = values ? fieldText(ctx, field, values) : '—';
	return html`<tr>
		<td>${field.name}</td>
		<td class="value" data-field="${field.code ?? field.id}">${value}</td>
	</tr>`;
}

function fieldText(ctx: Context, field: CustomField, values: FieldValue[]): Html {
	const texts = values.map(({ value }) => {
		if (field.type === 'checkbox') return value === true ? 'Yes' : 'No';
		if (field.type === 'date_time') return moment(ctx, Number(value));
		if (field.type === 'date' || field.type === 'birthday') {
			return dottedDay(Number(value), ctx.account.timezone);
		}
		return String(value);
	});
	if (!CHOICE_TYPES.includes(field.type)) return linked(texts.join('\n'));
	return html`${texts.map((text) => html`<span class="pill">${text}</span> `)}`;
}

function contactBlock(ctx: Context, contact: Contact | undefined): Html {
	if (!contact) return html``;
	const fields = [...ctx.store.customFields.contacts.values()].filter((field) =>
		contact.field_values.has(field.id),
	);
	return html`<b>${contact.name}</b>
		<table>
			${fields.map((field) => fieldRow(ctx, field, contact.field_values.get(field.id)))}
		</table>`;
}

function taskRow(ctx: Context, task: Task): Html {
	return html`<div class="note common">
		<div class="${task.is_completed ? 'done' : ''}">${linked(task.text)}</div>
		${task.result && html`<div>Result: ${task.result.text}</div>`}
		<div class="meta">
			${task.is_completed ? 'Completed' : 'Open'} · due ${moment(ctx, task.complete_till)} ·
			${userName(ctx, task.responsible_user_id)}
			${
				!task.is_completed &&
				html`<form method="post" action="/tasks/${task.id}/complete">
					<button class="quiet">Complete</button>
				</form>`
			}
		</div>
	</div>`;
}

function noteBlock(ctx: Context, note: Note): Html {
	const { service, text } = note.params as { service?: string; text?: string };
	return html`<div class="note ${note.note_type}">
		${service !== undefined && html`<b>${service}</b>`}
		<div class="value">${linked(text ?? JSON.stringify(note.params))}</div>
		<div class="meta">${moment(ctx, note.created_at)} · ${userName(ctx, note.created_by)}</div>
	</div>`;
}

const notesOf = (ctx: Context, lead: Lead) =>
	[...ctx.store.notes.values()]
		.filter((note) => note.entity_type === 'leads' && note.entity_id === lead.id)
		.sort((a, b) => b.created_at - a.created_at || b.id - a.id);

const tasksOf = (ctx: Context, lead: Lead) =>
	[...ctx.store.tasks.values()].filter(
		(task) => task.entity_type === 'leads' && task.entity_id === lead.id,
	);

const userName = (ctx: Context, id: number) => ctx.store.users.get(id)?.name ?? 'Robot';

function moment(ctx: Context, seconds: number): string {
	return new Intl.DateTimeFormat('en-GB', {
		dateStyle: 'medium',
		timeStyle: 'short',
		timeZone: ctx.account.timezone,
	}).format(seconds * 1000);
}
