import { invalid } from '../api/stripe-error';
import type { Simulation } from '../simulation';
import type { Session } from '../wire';

/** @throws StripeError 400 when the session is not open */
export function expireSession(simulation: Simulation, sessionId: string): Session {
	const session = simulation.store.sessions.get(sessionId);
	if (session.status !== 'open') {
		throw invalid(
			`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
		);
	}
	Object.assign(session, { status: 'expired', url: null });
	simulation.events.emit('checkout.session.expired', session);
	return session;
}
