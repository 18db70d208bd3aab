import type { Attempt, Delivery } from '../../http/deliveries';
import { newId } from '../ids';
import type { Simulation } from '../simulation';
import type { Invocation, StoredEvent } from '../store';
import { bucketOf } from './event-types';
import { triggers } from './matching';
import { webhookBody } from './rendering';
import { signature } from './signing';

export type InvocationStatus = 'pending' | 'successful' | 'failed';

type Occurrence = Pick<StoredEvent, 'type' | 'subjectId' | 'channelId' | 'data' | 'links'>;

const NINETY_DAYS = 90 * 24 * 60 * 60 * 1000;

/** Makes events, keeps them for the API, and sends them to the workflows they trigger. */
export class EventLog {
	constructor(private readonly simulation: Simulation) {}

	/** Keeps an event and notes which workflows it triggers; nothing is sent before dispatch. */
	record(occurrence: Occurrence): StoredEvent {
		const event: StoredEvent = {
			...structuredClone(occurrence),
			id: newId('evt'),
			bucket: bucketOf(occurrence.type),
			at: this.simulation.now(),
			invocations: [],
		};
		event.invocations = this.triggered(event);
		this.simulation.store.events.set(event.id, event);
		return event;
	}

	/** Sends events one after another: each once the one before had its first answer. */
	async dispatch(events: StoredEvent[]): Promise<void> {
		for (const event of events) await this.invoke(event, event.invocations);
	}

	/** Sends an event to what it triggered once more, without looking at conditions again. */
	async resend(eventId: string): Promise<void> {
		await this.dispatch([this.simulation.store.event(eventId)]);
	}

	/**
	 * Triggers the workflows that match now, as the reflow API does; those named, when some are named.
	 * @returns resolves at the first answers; null when the event is older than 90 days
	 */
	reflow(event: StoredEvent, workflowIds?: string[]): Promise<void> | null {
		if (this.simulation.now() - event.at > NINETY_DAYS) return null;
		const invocations = this.triggered(event).filter(
			({ workflowId }) => workflowIds === undefined || workflowIds.includes(workflowId),
		);
		const kept = event.invocations.filter(
			({ action }) => !invocations.some((invocation) => invocation.action.id === action.id),
		);
		event.invocations = [...kept, ...invocations];
		const sent = this.simulation.settings.reflowKeepsId
			? event
			: { ...event, id: newId('evt'), invocations };
		this.simulation.store.events.set(sent.id, sent);
		return this.invoke(sent, invocations);
	}

	attempts(event: StoredEvent, invocation: Invocation): Attempt[] {
		const id = deliveryId(event, invocation);
		return this.simulation.deliveries.attempts.filter((attempt) => attempt.deliveryId === id);
	}

	status(event: StoredEvent, invocation: Invocation): InvocationStatus {
		const attempts = this.attempts(event, invocation);
		if (attempts.some(({ status }) => status >= 200 && status < 300)) return 'successful';
		const id = deliveryId(event, invocation);
		return this.simulation.deliveries.failed.some((delivery) => delivery.id === id)
			? 'failed'
			: 'pending';
	}

	private triggered(event: StoredEvent): Invocation[] {
		const { store, entityId } = this.simulation;
		return [...store.workflows.values()]
			.filter((workflow) => triggers(workflow, { ...event, entityId }))
			.flatMap((workflow) =>
				workflow.actions.map((action) => ({
					workflowId: workflow.id,
					action: structuredClone(action),
				})),
			);
	}

	private async invoke(event: StoredEvent, invocations: Invocation[]): Promise<void> {
		const deliveries = invocations.map((invocation) => this.delivery(event, invocation));
		await Promise.all(
			deliveries.map((delivery) => this.simulation.deliveries.sendAndWait(delivery)),
		);
	}

	/** The action as it was when triggered: deleting the workflow does not stop it. */
	private delivery(event: StoredEvent, invocation: Invocation): Delivery {
		const { action } = invocation;
		const body = webhookBody(this.simulation, event);
		return {
			id: deliveryId(event, invocation),
			url: action.url,
			body,
			headers: () => ({
				'Content-Type': 'application/json; charset=utf-8',
				...action.headers,
				...(action.signature && { 'Cko-Signature': signature(body, action.signature.key) }),
			}),
			once: action.retry?.enabled === false,
		};
	}
}

function deliveryId(event: StoredEvent, { action }: Invocation): string {
	return `${event.id}/${action.id}`;
}
