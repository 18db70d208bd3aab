import { isJsonObject, listAt, numberAt, stringAt, valueAt } from '../../core/json';
import type { KommoApi } from './kommo-api';

export interface Stage {
	id: number;
	name: string;
	/** The inbox of a pipeline: leads can't be moved there. */
	isIncoming: boolean;
}

export interface Pipeline {
	id: number;
	name: string;
	isMain: boolean;
	/** In the order in which Kommo shows them; Closed – won and Closed – lost last. */
	stages: Stage[];
}

/** The account's pipelines with their stages, in one call; archived ones are left out. */
export async function listPipelines(api: KommoApi): Promise<Pipeline[]> {
	const body = await api.request({ method: 'GET', path: '/api/v4/leads/pipelines' });
	return listAt(body, '_embedded', 'pipelines')
		.filter(isJsonObject)
		.filter((pipeline) => pipeline.is_archive !== true)
		.sort(bySort)
		.map((pipeline) => ({
			id: numberAt(pipeline, 'id') ?? 0,
			name: stringAt(pipeline, 'name') ?? '',
			isMain: pipeline.is_main === true,
			stages: listAt(pipeline, '_embedded', 'statuses')
				.filter(isJsonObject)
				.sort(bySort)
				.map(toStage),
		}));
}

function toStage(status: unknown): Stage {
	return {
		id: numberAt(status, 'id') ?? 0,
		name: stringAt(status, 'name') ?? '',
		isIncoming: valueAt(status, 'type') === 1,
	};
}

function bySort(a: unknown, b: unknown): number {
	return (numberAt(a, 'sort') ?? 0) - (numberAt(b, 'sort') ?? 0);
}
