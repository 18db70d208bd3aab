import { newId, randomText } from '../ids';
import type { Simulation } from '../simulation';
import type { Customer, Metadata } from '../wire';

export function newCustomer(
	simulation: Simulation,
	input: {
		email: string | null;
		name: string | null;
		phone: string | null;
		description?: string | null;
		metadata?: Metadata;
	},
): Customer {
	return {
		id: newId('cus_', 14),
		object: 'customer',
		address: null,
		balance: 0,
		created: simulation.seconds(),
		currency: null,
		customer_account: null,
		default_source: null,
		delinquent: false,
		description: input.description ?? null,
		discount: null,
		email: input.email,
		invoice_prefix: randomText(8).toUpperCase(),
		invoice_settings: {
			custom_fields: null,
			default_payment_method: null,
			footer: null,
			rendering_options: null,
		},
		livemode: simulation.livemode,
		metadata: input.metadata ?? {},
		name: input.name,
		next_invoice_sequence: 1,
		phone: input.phone,
		preferred_locales: [],
		shipping: null,
		tax_exempt: 'none',
		test_clock: null,
	};
}
