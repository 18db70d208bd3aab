import { byOperation } from '../../editor/by-operation';
import { OPERATIONS } from './operations';

/** What stands below a gateway action node on the canvas: 'Create payment link' rather than 'create: paymentLink'. */
export const ACTION_SUBTITLE = byOperation(
	Object.fromEntries(
		OPERATIONS.map(({ resource, value, action }) => [`${resource}:${value}`, action]),
	),
	'',
);
