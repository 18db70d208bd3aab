import type { INodeExecutionData } from 'n8n-workflow';
import { RateLimiter } from '../../../nodes/Kommo/client/rate-limiter';
import { PAYMENT_FIELDS } from '../../../nodes/Kommo/payments/payment-fields';
import type { PaymentEvent } from '../../../nodes/core/payment-event';
import type { PaymentRequest } from '../../../nodes/core/payment-request';
import { runNode } from '../../engine/harness';
import type { ProviderEvent } from '../../engine/gateway/bench';
import {
	startPaymentAccount,
	type PaymentAccount,
} from '../../engine/Kommo/payment/payment-account';
import type { DoorSettings } from '../doors/door';
import { BENCHES, openGatewayDoor, type GatewayDoor } from '../doors/gateway-door';
import type { GatewayTriggerId } from '../matrix';
import { SHOPS, type Shop } from './shops';

/** A Kommo account whose deals are paid through one gateway, all of it in n8n's engine. */
export interface Office {
	readonly trigger: GatewayTriggerId;
	readonly shop: Shop;
	readonly door: GatewayDoor;
	readonly account: PaymentAccount;
	/** A lead over 100.00 EUR with a link for it. */
	openDeal(link?: LinkTerms): Promise<Deal>;
	createLink(leadId: number, link?: LinkTerms): Promise<string>;
	close(): Promise<void>;
}

/** Where a link is not for the lead's 100.00 EUR. */
export interface LinkTerms {
	amountMinor?: number;
	currency?: string;
	description?: string;
}

/** What stands on the lead, as far as orders and repetitions could change it. */
export interface LeadState {
	status: string | null;
	paid: string | null;
	refunded: string | null;
	/** Of payments, refunds and disputes; that a payment is under way has a note of its own. */
	notes: number;
	tasks: number;
}

export interface Deal {
	readonly leadId: number;
	readonly linkUrl: string;
	/** What the gateway has told since the deal was opened. */
	told(): ProviderEvent[];
	/** Delivers events, applies what the trigger emits; all of them in order if none are given. */
	deliver(events?: readonly ProviderEvent[], settings?: DealSettings): Promise<PaymentEvent[]>;
	state(): LeadState;
	/** The lead as if no payment had ever been told. */
	wipe(): void;
}

export interface DealSettings {
	door?: DoorSettings;
	apply?: { acceptPartialPayments?: boolean };
}

export async function openOffice(trigger: GatewayTriggerId): Promise<Office> {
	// Seven requests a second would take minutes here; that they are kept to is tested by itself.
	const limit = jest.spyOn(RateLimiter.prototype, 'turn').mockResolvedValue(() => {});
	const shop = await SHOPS[trigger]();
	const door = await openGatewayDoor(trigger, shop.provider);
	const account = await startPaymentAccount();
	const bench = BENCHES[trigger];

	async function createLink(
		leadId: number,
		{ amountMinor = 10_000, currency = 'EUR', description = 'Website relaunch' }: LinkTerms = {},
	): Promise<string> {
		const request: PaymentRequest = {
			leadId,
			leadName: 'Website relaunch',
			contactId: null,
			responsibleUserId: null,
			amount: (amountMinor / 100).toFixed(2),
			amountMinor,
			currency,
			description,
			customer: { name: 'Purchasing department', email: 'client@example.com', phone: null },
			existingLink: null,
			existingLinkId: null,
			ready: true,
			problems: [],
		};
		// Only Checkout.com asks for a country.
		const options = trigger === 'checkoutCom' ? { billingCountry: 'GB' } : {};
		const parameters = { resource: 'paymentLink', operation: 'create', options };
		const [links = []] = await runNode(bench.action, parameters, [{ json: { ...request } }], {
			credentials: {
				[bench.gateway.credentialType]: shop.provider.credential as Record<string, string>,
			},
			credentialTypes: [bench.credentialType],
		});
		return String(links[0]?.json.url);
	}

	function notesOf(leadId: number): string[] {
		const notes = account.notes(leadId);
		expect(new Set(notes).size).toBe(notes.length);
		return notes.filter((text) => !text.includes(' | pending | '));
	}

	return {
		trigger,
		shop,
		door,
		account,
		createLink,
		async openDeal(link) {
			const leadId = account.createLead();
			const linkUrl = await createLink(leadId, link);
			const before = shop.told().length;
			const told = () => shop.told().slice(before);
			return {
				leadId,
				linkUrl,
				told,
				async deliver(events = told(), { door: settings, apply = {} } = {}) {
					const emitted: PaymentEvent[] = [];
					for (const { body } of events) {
						const call = await door.send(door.signed(body), settings);
						if (call.error !== null) throw call.error;
						if (call.items === null) continue;
						const items = eventsOf(await door.execute(call, settings));
						await account.apply(items, { applyOptions: apply });
						emitted.push(...items);
					}
					return emitted;
				},
				wipe() {
					const codes = Object.values(PAYMENT_FIELDS).map(({ code }) => [code, null]);
					account.kommo.updateLead(leadId, { customFields: Object.fromEntries(codes) });
					const { notes } = account.kommo.store;
					for (const { id } of account.kommo.notesOf(leadId)) notes.delete(id);
				},
				state() {
					const { status, amountPaid, refunded } = account.card(leadId);
					return {
						status: textOrNull(status),
						paid: textOrNull(amountPaid),
						refunded: textOrNull(refunded),
						notes: notesOf(leadId).length,
						tasks: account.kommo.tasksOf(leadId).length,
					};
				},
			};
		},
		async close() {
			limit.mockRestore();
			await account.kommo.close();
			await door.close();
		},
	};
}

export function eventsOf(items: readonly INodeExecutionData[]): PaymentEvent[] {
	return items.map(({ json }) => json as unknown as PaymentEvent);
}

function textOrNull(value: string | number | boolean | undefined): string | null {
	return value === undefined ? null : String(value);
}
