import type { Simulation } from '../simulation';
import type { PaymentLink, Transaction } from '../store';

export type LinkState = 'open' | 'paid' | 'disabled' | 'expired' | 'failed';

/** `failed` after too many failed attempts. */
export function linkState(simulation: Simulation, link: PaymentLink): LinkState {
	if (link.disabled) return 'disabled';
	if (link.paid && !simulation.settings.paidLinksStayOpen) return 'paid';
	if (link.expiresAt !== null && link.expiresAt <= simulation.now()) return 'expired';
	return link.failedAttempts >= link.maxAttempts ? 'failed' : 'open';
}

/**
 * By URL, code or `tx_ref`; of several links with one `tx_ref`, the newest that can still be paid.
 * @throws Error when there is none
 */
export function findLink(simulation: Simulation, linkOrTxRef: string): PaymentLink {
	const code = /flwlnk-[0-9a-z]+/.exec(linkOrTxRef)?.[0];
	if (code) return simulation.store.link(code);
	const newestFirst = [...simulation.store.links.values()]
		.filter(({ txRef }) => txRef === linkOrTxRef)
		.reverse();
	const link =
		newestFirst.find((candidate) => linkState(simulation, candidate) === 'open') ?? newestFirst[0];
	if (!link) throw new Error(`No payment link ${linkOrTxRef}`);
	return link;
}

/**
 * Where the payer's browser goes afterwards; null without `redirect_url`. A failed attempt redirects nobody.
 * @param transaction left out when the payer closed the page
 */
export function redirectAfter(
	simulation: Simulation,
	link: PaymentLink,
	transaction?: Transaction,
): string | null {
	if (link.redirectUrl === null) return null;
	const query = new URLSearchParams({
		status: transaction ? simulation.settings.redirectStatus : 'cancelled',
		tx_ref: link.txRef,
		...(transaction && { transaction_id: String(transaction.id) }),
	});
	return `${link.redirectUrl}${link.redirectUrl.includes('?') ? '&' : '?'}${query}`;
}
