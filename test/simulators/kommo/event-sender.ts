import { randomUUID } from 'node:crypto';
import { Deliveries, type DeliveryRules } from '../http/deliveries';
import type { Context } from './context';
import type { Contact, EntityType, Lead, Note, Task, Webhook } from './entities';
import {
	contactEvent,
	digitalPipelineBody,
	leadEvent,
	noteEvent,
	taskEvent,
	webhookBody,
	type OldLead,
} from './webhook-body';

const MINUTE = 60_000;

/** Attempts and pauses of account-level webhooks: webhooks-general, and amoCRM's webhooks-format. */
export const WEBHOOK_RULES: DeliveryRules = {
	timeoutMs: 2000,
	succeeded: (status) => status >= 100 && status <= 299,
	retryAfterMs: (attempt, status) => {
		const serverFault = status === 499 || (status >= 500 && status <= 599);
		if (attempt === 1) return 5 * MINUTE;
		if (attempt === 2) return 15 * MINUTE;
		if (attempt === 3 && serverFault) return 15 * MINUTE;
		if (attempt === 4 && serverFault) return 60 * MINUTE;
		return null;
	},
};

/** Digital Pipeline hooks: up to four attempts within one hour (webhooks-dp, 2026-04-02). */
export const DIGITAL_PIPELINE_RULES: DeliveryRules = {
	...WEBHOOK_RULES,
	retryAfterMs: (attempt) => (attempt < 4 ? 15 * MINUTE : null),
};

/** A "send webhook" action of the automation editor; it can only be set up by hand. */
export interface DigitalPipelineHook {
	url: string;
	event: 'add' | 'status';
	/** Any when left out. */
	pipelineId?: number;
	statusId?: number;
}

const singular: Record<EntityType, string> = {
	leads: 'lead',
	contacts: 'contact',
	companies: 'company',
};

/** Turns changes into deliveries to whoever subscribed. */
export class EventSender {
	readonly deliveries = new Deliveries(WEBHOOK_RULES);
	readonly digitalPipelineDeliveries = new Deliveries(DIGITAL_PIPELINE_RULES);
	readonly digitalPipelineHooks: DigitalPipelineHook[] = [];

	constructor(private readonly ctx: () => Context) {}

	leadAdded(lead: Lead): void {
		this.lead('add', lead);
		this.digitalPipeline('add', lead, {});
	}

	leadChanged(lead: Lead, old: OldLead): void {
		if (old.status_id !== undefined || old.pipeline_id !== undefined) {
			this.lead('status', lead, { ...old, status_id: old.status_id ?? lead.status_id });
			this.digitalPipeline('status', lead, old);
		}
		if (old.responsible_user_id !== undefined) this.lead('responsible', lead, old);
		this.lead('update', lead, { ...old, responsible_user_id: undefined });
	}

	leadDeleted(lead: Lead): void {
		this.lead('delete', lead);
	}

	leadRestored(lead: Lead): void {
		this.lead('restore', lead);
	}

	contact(
		type: 'contacts' | 'companies',
		action: 'add' | 'update' | 'delete' | 'responsible',
		contact: Contact,
		old: OldLead = {},
	): void {
		const event = contactEvent(this.ctx(), type, action, contact, old);
		this.send(`${action}_${singular[type]}`, webhookBody(this.ctx(), event));
	}

	noteAdded(note: Note): void {
		const code = `note_${singular[note.entity_type]}`;
		this.send(code, webhookBody(this.ctx(), noteEvent(this.ctx(), note)));
	}

	task(
		action: 'add' | 'update' | 'delete' | 'responsible',
		task: Task,
		old: { text?: string; closed?: boolean } = {},
	): void {
		this.send(`${action}_task`, webhookBody(this.ctx(), taskEvent(this.ctx(), action, task, old)));
	}

	/**
	 * Disabled when more than 100 answers of the last two hours were bad and the last one was too
	 * (webhooks-general). Two hours shrink with the deliveries' time scale.
	 */
	refreshDisabled(webhook: Webhook): void {
		const allowed = this.ctx().switches.disableAfterBadAnswers;
		if (webhook.disabled || allowed === null) return;
		const since = Math.max(
			webhook.enabledSince,
			Date.now() - (120 * MINUTE) / this.deliveries.timeScale,
		);
		const answers = this.deliveries.attempts.filter(
			({ url, at }) => url === webhook.destination && at >= since,
		);
		const bad = answers.filter(({ status }) => !WEBHOOK_RULES.succeeded(status));
		if (bad.length > allowed && bad.at(-1) === answers.at(-1)) webhook.disabled = true;
	}

	private lead(action: string, lead: Lead, old: OldLead = {}): void {
		this.send(`${action}_lead`, webhookBody(this.ctx(), leadEvent(this.ctx(), action, lead, old)));
	}

	private send(code: string, body: string): void {
		for (const webhook of this.ctx().store.webhooks.values()) {
			if (!webhook.settings.includes(code)) continue;
			this.refreshDisabled(webhook);
			if (webhook.disabled) continue;
			// A subscription that is gone or disabled gets no retries either.
			const cancelled = () => {
				this.refreshDisabled(webhook);
				return webhook.disabled || this.ctx().store.webhooks.get(webhook.destination) !== webhook;
			};
			this.post(this.deliveries, webhook.destination, body, cancelled);
		}
	}

	private digitalPipeline(event: 'add' | 'status', lead: Lead, old: OldLead): void {
		for (const hook of this.digitalPipelineHooks) {
			if (hook.event !== event) continue;
			if (hook.pipelineId !== undefined && hook.pipelineId !== lead.pipeline_id) continue;
			if (hook.statusId !== undefined && hook.statusId !== lead.status_id) continue;
			const body = digitalPipelineBody(this.ctx(), event, lead, old);
			this.post(this.digitalPipelineDeliveries, hook.url, body);
		}
	}

	private post(deliveries: Deliveries, url: string, body: string, cancelled?: () => boolean): void {
		const id = randomUUID();
		deliveries.send({
			id,
			url,
			body: Buffer.from(body, 'utf8'),
			cancelled,
			headers: () => ({
				'content-type': 'application/x-www-form-urlencoded',
				'accept-encoding': 'gzip',
				'user-agent': 'amoCRM-Webhooks/3.0',
				'x-amocrm-requestid': id,
				accept: '*/*',
			}),
		});
	}
}
