import type { Payer } from '../objects/charge';
import { newCustomer } from '../objects/customer';
import type { Simulation } from '../simulation';
import type { Customer, Session } from '../wire';

/** The customer of a session, made now when the session asks for one. */
export function customerOf(
	simulation: Simulation,
	session: Session,
	payer: Payer,
): Customer | null {
	const known = simulation.store.customers.find(session.customer);
	if (known || session.customer_creation !== 'always') return known ?? null;
	const customer = simulation.store.customers.add(newCustomer(simulation, payer));
	session.customer = customer.id;
	simulation.events.emit('customer.created', customer);
	return customer;
}
