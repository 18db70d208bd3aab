import type { KommoResource } from '../../operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './get-all';
import { update } from './update';

export const contact: KommoResource = {
	value: 'contact',
	name: 'Contact',
	operations: [create, get, getAll, update],
};
