import type { KommoResource } from '../../operation';
import { getAll } from './get-all';

export const customField: KommoResource = {
	value: 'customField',
	name: 'Custom Field',
	operations: [getAll],
};
