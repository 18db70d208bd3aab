import type { Simulation } from '../simulation';
import type { PaymentLink, Session } from '../wire';

/** Closes a paid (or awaited) session and counts it on its link. */
export function completeSession(
	simulation: Simulation,
	session: Session,
	paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
): void {
	Object.assign(session, { status: 'complete', payment_status: paymentStatus, url: null });
	countCompletion(simulation, simulation.store.links.find(session.payment_link));
	simulation.events.emit('checkout.session.completed', session);
}

/** A link at its limit switches itself off. https://docs.stripe.com/payment-links/customize */
function countCompletion(simulation: Simulation, link: PaymentLink | undefined): void {
	const completed = link?.restrictions?.completed_sessions;
	if (!link || !completed) return;
	const previous = {
		active: link.active,
		restrictions: structuredClone(link.restrictions),
	};
	completed.count += 1;
	if (completed.count >= completed.limit) link.active = false;
	simulation.events.emit('payment_link.updated', link, previous);
}

/** Where the payer goes after paying, or null to stay on the confirmation page. */
export function redirectAfter(simulation: Simulation, session: Session): string | null {
	const plan = simulation.store.plan(session.id);
	if (!plan.redirectUrl) return null;
	const target = plan.redirectUrl.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
	const utm = new URLSearchParams(plan.utm).toString();
	if (!utm) return target;
	return `${target}${target.includes('?') ? '&' : '?'}${utm}`;
}
