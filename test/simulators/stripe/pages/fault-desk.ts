import { CONNECTION_FAULTS, type FaultDesk } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { rateLimited, serverError } from '../fault-answers';
import type { Simulation } from '../simulation';

/** What may go wrong at Stripe. */
export function faultDesk({ deliveries }: Simulation, faults: Faults): FaultDesk {
	return {
		faults,
		deliveries,
		choices: {
			'429 rate limit': rateLimited(),
			'500 server error': serverError(),
			...CONNECTION_FAULTS,
		},
		switchPath: '/dashboard/deliveries',
		home: '/',
	};
}
