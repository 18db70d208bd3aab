import type { KommoResource } from '../../operation';
import { run } from './run';

export const salesbot: KommoResource = { value: 'salesbot', name: 'Salesbot', operations: [run] };
