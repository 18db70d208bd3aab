import type { Simulation } from '../simulation';
import { onlyKeys } from './parameters';
import { route, type Route } from './router';

/** https://docs.stripe.com/api/accounts/retrieve: what a credential test asks for */
export function accountRoutes(simulation: Simulation): Route[] {
	return [
		route('GET', '/v1/account', onlyKeys({}), () => ({
			id: 'acct_1SimulatedShop',
			object: 'account',
			business_profile: { name: 'Example Shop', url: 'https://example.com' },
			business_type: 'company',
			capabilities: { card_payments: 'active', transfers: 'active' },
			charges_enabled: true,
			controller: { type: 'account' },
			country: 'IE',
			created: simulation.seconds() - 86_400,
			default_currency: 'eur',
			details_submitted: true,
			email: 'shop@example.com',
			metadata: {},
			payouts_enabled: true,
			settings: { dashboard: { display_name: 'Example Shop', timezone: 'Etc/UTC' } },
			type: 'standard',
		})),
	];
}
