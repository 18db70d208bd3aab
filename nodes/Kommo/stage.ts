import { UserError } from 'n8n-workflow';
import { CLOSED_LOST, CLOSED_WON } from './client/leads';
import type { Pipeline, Stage } from './client/pipelines';

/** What Kommo calls the two stages that every pipeline has. */
export const WON_NAME = 'Closed – won';
export const LOST_NAME = 'Closed – lost';

/** A stage as saved in workflows: `pipelineId:statusId`, or a status id alone for the closed stages of any pipeline. */
export interface StageChoice {
	statusId: number;
	/** null: whichever pipeline the lead is in. */
	pipelineId: number | null;
}

export function stageValue(pipelineId: number, statusId: number): string {
	return `${pipelineId}:${statusId}`;
}

/** @throws UserError when it is no stage */
export function parseStage(value: unknown): StageChoice {
	const match = /^(?:(\d+):)?(\d+)$/.exec(String(value).trim());
	if (!match) {
		throw new UserError(`"${String(value)}" is not a stage`, {
			description:
				'Choose one from the list, or give pipeline ID and stage ID with a colon between them, for example 6950551:58141807.',
		});
	}
	return { pipelineId: match[1] ? Number(match[1]) : null, statusId: Number(match[2]) };
}

/** 142 and 143 mean the same in every account, whatever they are called there. */
export function stageName({ id, name }: Stage): string {
	if (id === CLOSED_WON) return withMeaning(name, WON_NAME);
	if (id === CLOSED_LOST) return withMeaning(name, LOST_NAME);
	return name;
}

function withMeaning(name: string, meaning: string): string {
	const plain = name.replace(/\s*[-–—]\s*/g, ' – ').toLowerCase();
	return plain === meaning.toLowerCase() ? meaning : `${name} (${meaning})`;
}

/** Every stage of every pipeline, in Kommo's order. */
export function stagesOf(
	pipelines: readonly Pipeline[],
): Array<{ pipeline: Pipeline; stage: Stage }> {
	return pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => ({ pipeline, stage })));
}
