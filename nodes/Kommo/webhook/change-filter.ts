import type { KommoChange } from './kommo-change';

export interface ChangeFilter {
	/** Kommo's event codes. */
	events: readonly string[];
	/** null: any. */
	pipelineId: number | null;
	statusId: number | null;
	/** Where a stage change must come from. */
	fromStatusId: number | null;
	/** Drop what robots and integrations changed. */
	onlyByPeople: boolean;
}

/**
 * Whether a change is wanted. Pipeline and stage are asked of everything that has them; the stage a lead comes from, of
 * stage changes only.
 */
export function isWanted(change: KommoChange, filter: ChangeFilter): boolean {
	const isStageChange = change.event === 'status_lead';
	return (
		isSubscribed(change.event, filter.events) &&
		allows(filter.pipelineId, change.pipelineId) &&
		allows(filter.statusId, change.statusId) &&
		(!isStageChange ||
			filter.fromStatusId === null ||
			change.oldStatusId === filter.fromStatusId) &&
		!(filter.onlyByPeople && change.changedByUserId === 0)
	);
}

/** Digital Pipeline hooks have events of their own (mail_in, chat …), set up in Kommo by a person who wants them. */
const ONLY_DIGITAL_PIPELINE = ['mail_in_lead', 'call_in_lead', 'chat_lead', 'site_visit_lead'];

function isSubscribed(event: string, events: readonly string[]): boolean {
	return events.includes(event) || ONLY_DIGITAL_PIPELINE.includes(event);
}

function allows(wanted: number | null, actual: number | null): boolean {
	return wanted === null || actual === null || wanted === actual;
}
