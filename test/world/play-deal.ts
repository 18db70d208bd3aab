import { waitFor } from '../n8n-host/wait-for';
import type { KommoSimulator } from '../simulators/kommo';
import type { WorldGateway } from './world-gateway';

/** Kommo's stage "Closed – won", the same in every pipeline. */
const WON = 142;

export interface PlayedDeal {
	leadId: number;
	/** Milliseconds from Won to the link on the card. */
	linkMs: number;
	/** Milliseconds from the client's payment to Paid on the card. */
	paidMs: number;
	notes: number;
	before: DealCard;
	after: DealCard;
}

/** What a person sees on the card. */
export interface DealCard {
	stage: string;
	status: string;
	link: string;
	amountPaid: string;
	paymentId: string;
	notes: string[];
}

/** A deal as a manager creates it. */
export function createDeal(
	kommo: KommoSimulator,
	input: { price?: number; name?: string; currency?: string } = {},
): number {
	const currency = kommo.store.fieldByCode('leads', 'KP_CURRENCY');
	const lead = kommo.createLead({
		...(input.currency && currency ? { customFields: { [currency.id]: input.currency } } : {}),
		name: input.name ?? 'Website relaunch',
		price: input.price ?? 1999,
		contact: { name: 'Purchasing department', email: 'purchasing@example.com' },
	});
	return lead.id;
}

/** Moves the deal to Won and waits for its payment link. */
export async function winDeal(kommo: KommoSimulator, leadId: number): Promise<string> {
	kommo.moveLead(leadId, WON);
	return await waitFor(`a payment link on deal ${leadId}`, () => {
		const link = kommo.fieldValue(leadId, 'KP_PAYMENT_LINK');
		return typeof link === 'string' && link !== '' ? link : undefined;
	});
}

export async function waitForStatus(
	kommo: KommoSimulator,
	leadId: number,
	status: string,
): Promise<void> {
	await waitFor(
		`deal ${leadId} to be ${status}`,
		() => (kommo.fieldValue(leadId, 'KP_PAYMENT_STATUS') === status ? true : undefined),
		{ describe: () => `It is ${String(kommo.fieldValue(leadId, 'KP_PAYMENT_STATUS'))}.` },
	);
}

/** One deal from Won to Paid, with nobody touching anything in between but the client who pays. */
export async function playDeal(kommo: KommoSimulator, gateway: WorldGateway): Promise<PlayedDeal> {
	const leadId = createDeal(kommo);
	const before = readCard(kommo, leadId);

	const wonAt = performance.now();
	const link = await winDeal(kommo, leadId);
	const linkMs = Math.round(performance.now() - wonAt);

	const paidAt = performance.now();
	await gateway.pay(link);
	await waitForStatus(kommo, leadId, 'Paid');
	const paidMs = Math.round(performance.now() - paidAt);
	await waitFor(`a note on deal ${leadId}`, () =>
		kommo.notesOf(leadId).length > 0 ? true : undefined,
	);
	const after = readCard(kommo, leadId);
	return { leadId, linkMs, paidMs, notes: after.notes.length, before, after };
}

export function readCard(kommo: KommoSimulator, leadId: number): DealCard {
	const lead = kommo.lead(leadId);
	const text = (code: string) => String(kommo.fieldValue(leadId, code) ?? '');
	const stage = [...kommo.store.pipelines.values()]
		.flatMap(({ statuses }) => statuses)
		.find(({ id, pipeline_id }) => id === lead.status_id && pipeline_id === lead.pipeline_id);
	return {
		stage: stage?.name ?? String(lead.status_id),
		status: text('KP_PAYMENT_STATUS'),
		link: text('KP_PAYMENT_LINK'),
		amountPaid: text('KP_AMOUNT_PAID'),
		paymentId: text('KP_PAYMENT_ID'),
		notes: kommo.notesOf(leadId).map(({ params }) => String(params.text ?? '')),
	};
}
