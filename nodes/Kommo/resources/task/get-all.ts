import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { PAGE_SIZE } from '../../client/kommo-api';
import { listTasks, type TaskFilter } from '../../client/tasks';
import { chooseSeveral } from '../../descriptions/choices';
import {
	collect,
	collectionOf,
	limitOf,
	RETURN_ALL_AND_LIMIT,
	SIMPLIFY,
	sortOf,
	sortProperty,
} from '../../descriptions/lists';
import { timeParameter } from '../../descriptions/times';
import { eachItem } from '../../items/each-item';
import type { KommoOperation } from '../../operation';
import { simpleTask } from './task-fields';

const FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Completed',
			name: 'completed',
			type: 'boolean',
			default: false,
			description: 'Whether to return completed tasks; switched off, open ones',
		},
		{
			displayName: 'Lead ID',
			name: 'leadId',
			type: 'string',
			default: '',
			description: 'Only tasks of this lead',
		},
		chooseSeveral('Responsible User', 'responsibleUserIds', 'getUsers'),
		chooseSeveral('Task Type', 'taskTypeIds', 'getTaskTypes'),
		{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '' },
	],
};

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many tasks',
	description: 'Get many tasks, open or completed',
	properties: [
		...RETURN_ALL_AND_LIMIT,
		SIMPLIFY,
		FILTERS,
		sortProperty([
			{ name: 'Created', value: 'created_at' },
			{ name: 'Due', value: 'complete_till' },
			{ name: 'ID', value: 'id' },
		]),
	],
	async execute(run) {
		const { context, kommo } = run;
		return await eachItem(run, async (itemIndex) => {
			const filter = taskFilter(context, itemIndex);
			const tasks = await collect(context, itemIndex, listTasks(kommo.api, filter));
			return context.getNodeParameter('simplify', itemIndex) ? tasks.map(simpleTask) : tasks;
		});
	},
};

function taskFilter(context: IExecuteFunctions, itemIndex: number): TaskFilter {
	const filters = collectionOf(context, 'filters', itemIndex);
	const sort = sortOf(context, itemIndex);
	return {
		...(filters.leadId ? { entityType: 'leads', entityIds: [Number(filters.leadId)] } : {}),
		...(filters.completed === undefined ? {} : { isCompleted: filters.completed === true }),
		responsibleUserIds: ((filters.responsibleUserIds ?? []) as unknown[]).map(Number),
		taskTypeIds: ((filters.taskTypeIds ?? []) as unknown[]).map(Number),
		updatedSince: timeParameter(context, filters.updatedAfter, 'Updated After'),
		...(sort ? { order: [sort.field as 'id', sort.direction] as const } : {}),
		pageSize: Math.min(PAGE_SIZE, limitOf(context, itemIndex)),
	};
}
