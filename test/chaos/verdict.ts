import type { KommoSimulator } from '../simulators/kommo';
import type { PaymentWorld } from '../world/payment-world';
import { readCard } from '../world/play-deal';
import type { BookedPayment, GatewayBooks } from '../world/world-gateway';
import type { PlayedDeal } from './play';

/** A lead that does not show what its provider's books say. */
export interface Discrepancy {
	leadId: number;
	gateway: string;
	steps: string;
	wrong: string[];
}

export interface Verdict {
	discrepancies: Discrepancy[];
	/** How many leads show which payment status. */
	statuses: Record<string, number>;
	/** Notes on all leads. */
	notes: number;
	/** Payable links that were made while no answer came; nobody has ever seen their addresses. */
	unseenLinks: number;
}

/** Compares every lead with its provider's books. */
export function judge({ kommo, gateways }: PaymentWorld, deals: readonly PlayedDeal[]): Verdict {
	const verdict: Verdict = { discrepancies: [], statuses: {}, notes: 0, unseenLinks: 0 };
	const patches = kommo.log.of('PATCH', /\/leads$/).map(({ body }) => body);
	const wasShown = (link: string) => patches.some((body) => body.includes(link));
	for (const { leadId, gateway, steps } of deals) {
		const books = gateways.find(({ id }) => id === gateway)?.booksOf(leadId);
		if (!books) throw new Error(`There is no ${gateway}.`);
		const shownLinks = books.openLinks.filter(wasShown);
		const wrong = [
			...wrongFields(kommo, leadId, books),
			...wrongNotes(notesOf(kommo, leadId), books),
			...(shownLinks.length > 1 ? [`second active link: ${shownLinks.join(' ')}`] : []),
			...(books.payments.length > 1 ? ['paid twice'] : []),
		];
		const { status, notes } = readCard(kommo, leadId);
		verdict.statuses[status] = (verdict.statuses[status] ?? 0) + 1;
		verdict.notes += notes.length;
		verdict.unseenLinks += books.openLinks.length - shownLinks.length;
		if (wrong.length > 0) {
			verdict.discrepancies.push({ leadId, gateway, steps: steps.join(', '), wrong });
		}
	}
	return verdict;
}

function wrongFields(kommo: KommoSimulator, leadId: number, books: GatewayBooks): string[] {
	const paid = sum(books.payments.map(({ amount }) => amount));
	const refunded = sum(books.payments.flatMap(({ refunds }) => refunds));
	const amountIn = (code: string) =>
		Math.round(Number(kommo.fieldValue(leadId, code) ?? 0) * 100) / 100;
	const card = readCard(kommo, leadId);
	const expected = {
		status: expectedStatus(books, paid, refunded),
		paid: paid / 100,
		refunded: refunded / 100,
		paymentId: books.payments[0]?.id ?? card.paymentId,
	};
	const shown = {
		status: card.status,
		paid: amountIn('KP_AMOUNT_PAID'),
		refunded: amountIn('KP_REFUNDED'),
		paymentId: card.paymentId,
	};
	return Object.entries(expected).flatMap(([field, value]) => {
		const actual = shown[field as keyof typeof shown];
		return actual === value ? [] : [`${field} is ${actual}, the provider says ${value}`];
	});
}

function expectedStatus({ declined }: GatewayBooks, paid: number, refunded: number): string {
	if (paid === 0) return declined > 0 ? 'Failed' : 'Awaiting';
	if (refunded === 0) return 'Paid';
	return refunded === paid ? 'Refunded' : 'Partially Refunded';
}

/** The last line of each note: `time | gateway | payment | fact | amount …`. */
interface Noted {
	payment: string;
	fact: string;
	amount: string;
}

function notesOf(kommo: KommoSimulator, leadId: number): Noted[] {
	return kommo.notesOf(leadId).map(({ params }) => {
		const line = String(params.text).split('\n').at(-1) ?? '';
		const [, , payment = '', fact = '', amount = ''] = line.split(' | ');
		return { payment, fact, amount: amount.split(' ')[0] ?? '' };
	});
}

function wrongNotes(noted: readonly Noted[], { payments, declined }: GatewayBooks): string[] {
	const expected = payments.flatMap(expectedNotes);
	// The look back sees how a payment stands: a sum refunded in between is told with the next one.
	const required = expected.filter((_note, index) => !isOvertaken(expected, index));
	const told = noted
		.filter(({ fact }) => fact !== 'failed')
		.map(({ payment, fact, amount }) => `${fact} ${payment} ${amount}`);
	const missing = required.filter((note) => !told.includes(note));
	const tooMany = told.filter(
		(note, index) => !expected.includes(note) || told.indexOf(note) !== index,
	);
	const refusals = noted.length - told.length;
	// A refusal that is told of after the money has come says nothing any more.
	const leastRefusals = payments.length > 0 ? 0 : declined;
	return [
		...missing.map((note) => `no note: ${note}`),
		...tooMany.map((note) => `one note too many: ${note}`),
		...(refusals < leastRefusals || refusals > declined
			? [`${refusals} notes for ${declined} refusals`]
			: []),
	];
}

function isOvertaken(notes: readonly string[], index: number): boolean {
	const isRefund = (note = '') => note.includes('refunded');
	return isRefund(notes[index]) && isRefund(notes[index + 1]);
}

/** One for the payment, one for each refund, which tells the sum so far. */
function expectedNotes({ id, amount, refunds }: BookedPayment): string[] {
	let sumSoFar = 0;
	return [
		`paid ${id} ${decimal(amount)}`,
		...refunds.map((refund) => {
			sumSoFar += refund;
			return `${sumSoFar === amount ? 'refunded' : 'partly refunded'} ${id} ${decimal(sumSoFar)}`;
		}),
	];
}

function decimal(hundredths: number): string {
	return (hundredths / 100).toFixed(2);
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
