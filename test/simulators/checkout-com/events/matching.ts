import type { StoredEvent, Workflow } from '../store';
import type { WorkflowCondition } from '../wire';

type Occurrence = Pick<StoredEvent, 'bucket' | 'type' | 'channelId'> & { entityId: string };

/** Whether an event triggers a workflow: it is active and all its conditions hold. */
export function triggers(workflow: Workflow, occurrence: Occurrence): boolean {
	return workflow.active && workflow.conditions.every((condition) => holds(condition, occurrence));
}

function holds(condition: WorkflowCondition, occurrence: Occurrence): boolean {
	switch (condition.type) {
		case 'event':
			return condition.events[occurrence.bucket]?.includes(occurrence.type) ?? false;
		case 'processing_channel':
			return condition.processing_channels.includes(occurrence.channelId);
		case 'entity':
			return condition.entities.includes(occurrence.entityId);
	}
}
