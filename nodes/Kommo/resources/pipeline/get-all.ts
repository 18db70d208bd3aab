import { listPipelines, type Pipeline } from '../../client/pipelines';
import { RETURN_ALL_AND_LIMIT, limitOf } from '../../descriptions/lists';
import { eachItem } from '../../items/each-item';
import type { KommoOperation } from '../../operation';
import { stageName, stageValue } from '../../stage';

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many pipelines',
	description: 'Get the pipelines with their stages',
	properties: [...RETURN_ALL_AND_LIMIT],
	async execute(run) {
		const { context, kommo } = run;
		return await eachItem(run, async (itemIndex) => {
			const pipelines = await listPipelines(kommo.api);
			return pipelines.slice(0, limitOf(context, itemIndex)).map(simplePipeline);
		});
	},
};

function simplePipeline({ id, name, isMain, stages }: Pipeline): object {
	return {
		pipelineId: id,
		name,
		isMain,
		stages: stages.map((stage) => ({
			statusId: stage.id,
			name: stageName(stage),
			isIncoming: stage.isIncoming,
			stage: stageValue(id, stage.id),
		})),
	};
}
