import type { KommoResource } from '../../operation';
import { getAll } from './get-all';

export const user: KommoResource = { value: 'user', name: 'User', operations: [getAll] };
