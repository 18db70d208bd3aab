import { CONNECTION_FAULTS, type FaultDesk } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { rateLimited, timedOut } from '../fault-answers';
import type { Simulation } from '../simulation';

/** What may go wrong at Flutterwave. */
export function faultDesk({ deliveries }: Simulation, faults: Faults): FaultDesk {
	return {
		faults,
		deliveries,
		choices: {
			'503 after 28 s, the work is done': timedOut({ afterMs: 28_000 }),
			'503 at once, the work is done': timedOut(),
			'503 at once, the work is not done': timedOut({ worked: false }),
			'429 rate limit': rateLimited(),
			...CONNECTION_FAULTS,
		},
		switchPath: '/dashboard/switch',
		home: '/',
	};
}
