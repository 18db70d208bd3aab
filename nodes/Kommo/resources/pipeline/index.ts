import type { KommoResource } from '../../operation';
import { getAll } from './get-all';

export const pipeline: KommoResource = {
	value: 'pipeline',
	name: 'Pipeline',
	operations: [getAll],
};
