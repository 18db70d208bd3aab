import type { KommoResource } from '../../operation';
import { create } from './create';
import { getAll } from './get-all';

export const note: KommoResource = { value: 'note', name: 'Note', operations: [create, getAll] };
