import type { KommoResource } from '../../operation';
import { apply } from './apply';
import { getRequest } from './get-request';
import { saveLink } from './save-link';
import { setUpFields } from './set-up-fields';

export const payment: KommoResource = {
	value: 'payment',
	name: 'Payment',
	operations: [apply, getRequest, saveLink, setUpFields],
};
