import type { KommoChange } from './kommo-change';

/**
 * What makes a change the same as another: Kommo numbers neither its deliveries nor its events.
 * @param time of the change, or of the lead where the body has none
 */
export function changeKey(change: KommoChange, time: string | null): string {
	const { accountId, entityType, entityId, event, pipelineId, oldStatusId, statusId } = change;
	// The time has whole seconds; where a lead came from tells apart two moves within one.
	return [accountId, entityType, entityId, event, pipelineId, oldStatusId, statusId, time]
		.map((part) => part ?? '')
		.join(':');
}

/**
 * The key of a whole delivery; null when a part has no time. Such a body reads the same when a lead comes to the
 * same stage again, so only the lead itself can tell whether it is a repetition.
 */
export function deliveryKey(changes: readonly KommoChange[]): string | null {
	if (changes.some(({ changedAt }) => changedAt === null)) return null;
	return changes.map((change) => changeKey(change, change.changedAt)).join('|');
}
