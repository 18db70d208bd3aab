/** What the editor's dropdowns are filled with. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listBots } from '../client/bots';
import { CLOSED_LOST, CLOSED_WON } from '../client/leads';
import { listLossReasons } from '../client/loss-reasons';
import { listPipelines } from '../client/pipelines';
import { listUsers } from '../client/users';
import type { FieldEntity } from '../client/custom-fields';
import { fieldKey } from '../descriptions/custom-fields';
import { kommoOf, type Kommo } from '../kommo-context';
import { nodeError } from '../node-errors';
import { LOST_NAME, stageName, stagesOf, stageValue, WON_NAME } from '../stage';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** A dropdown from the account; what went wrong is shown in its place. */
function fromAccount(
	load: (kommo: Kommo, context: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>,
): LoadOptions {
	return async function (this: ILoadOptionsFunctions) {
		try {
			return await load(await kommoOf(this), this);
		} catch (error) {
			throw nodeError(this.getNode(), error);
		}
	};
}

interface Named {
	id: number;
	name: string;
}

async function optionsOf(entries: AsyncIterable<Named>): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = [];
	for await (const { id, name } of entries) options.push({ name, value: id });
	return options;
}

function fieldOptions(entity: FieldEntity): LoadOptions {
	return fromAccount(async (kommo) => {
		// Whoever opens the list may have added a field a moment ago.
		kommo.forgetFields();
		const fields = await kommo.fields(entity);
		return fields
			.map((field) => ({
				name: field.name,
				value: fieldKey(field),
				description: field.code ?? field.type,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	});
}

export const loadOptions = {
	getBots: fromAccount(async ({ api }) => await optionsOf(listBots(api))),

	getContactFields: fieldOptions('contacts'),

	getLeadFields: fieldOptions('leads'),

	getLossReasons: fromAccount(async ({ api }) => await optionsOf(listLossReasons(api))),

	getPipelines: fromAccount(async ({ api }) =>
		(await listPipelines(api)).map(({ id, name }) => ({ name, value: id })),
	),

	/** All stages of all pipelines, as `pipelineId:statusId`; incoming leads can't be moved there. */
	getStages: fromAccount(async ({ api }) => [
		{ name: `${WON_NAME} (pipeline of the lead)`, value: String(CLOSED_WON) },
		{ name: `${LOST_NAME} (pipeline of the lead)`, value: String(CLOSED_LOST) },
		...stagesOf(await listPipelines(api))
			.filter(({ stage }) => !stage.isIncoming)
			.map(({ pipeline, stage }) => ({
				name: `${pipeline.name} / ${stageName(stage)}`,
				value: stageValue(pipeline.id, stage.id),
			})),
	]),

	getTaskTypes: fromAccount(async (kommo) =>
		(await kommo.account()).taskTypes.map(({ id, name }) => ({ name, value: id })),
	),

	getUsers: fromAccount(async ({ api }) => await optionsOf(listUsers(api))),
};

/** "Any" first: for the trigger's filters. */
export const triggerLoadOptions = {
	getPipelines: fromAccount(async ({ api }) => [
		{ name: 'Any', value: '' },
		...(await listPipelines(api)).map(({ id, name }) => ({ name, value: String(id) })),
	]),

	/** The stages of the chosen pipeline, or of all. */
	getStages: fromAccount(async ({ api }, context) => {
		const chosen = String(context.getCurrentNodeParameter('pipelineId') ?? '');
		const pipelines = await listPipelines(api);
		const stages =
			chosen === ''
				? stagesOf(pipelines)
				: stagesOf(pipelines.filter(({ id }) => String(id) === chosen));
		const options = stages.map(({ pipeline, stage }) => ({
			name: chosen === '' ? `${pipeline.name} / ${stageName(stage)}` : stageName(stage),
			value: String(stage.id),
		}));
		const own = options.filter(({ value }) => !isClosed(value));
		const closed = [
			{ name: WON_NAME, value: String(CLOSED_WON) },
			{ name: LOST_NAME, value: String(CLOSED_LOST) },
		];
		return [{ name: 'Any', value: '' }, ...own, ...closed];
	}),
};

function isClosed(statusId: string): boolean {
	return statusId === String(CLOSED_WON) || statusId === String(CLOSED_LOST);
}
