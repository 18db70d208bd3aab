import { CONNECTION_FAULTS, type FaultDesk } from '../../http/fault-forms';
import type { Faults } from '../../http/faults';
import { rateLimited, serverError } from '../fault-answers';
import type { Simulation } from '../simulation';

/** What may go wrong at Checkout.com, its two forms of webhook body included. */
export function faultDesk({ deliveries, settings }: Simulation, faults: Faults): FaultDesk {
	return {
		faults,
		deliveries,
		choices: {
			'429 rate limit': rateLimited(),
			'502 bad gateway': serverError(),
			...CONNECTION_FAULTS,
		},
		switchPath: '/dashboard/switch',
		home: '/',
		switches: {
			envelope: {
				label: () => `Envelope: ${settings.envelope}`,
				flip: () =>
					void (settings.envelope = settings.envelope === 'timestamp' ? 'created_on' : 'timestamp'),
			},
			awkward: {
				label: () => `${settings.awkwardBytes ? 'Stop sending' : 'Send'} ® and 20.00 in bodies`,
				flip: () => void (settings.awkwardBytes = !settings.awkwardBytes),
			},
		},
	};
}
