import { flutterwave as gateway } from '../../../../nodes/FlutterwavePayments/gateway';
import { parseMoney } from '../../../../nodes/core/money';
import type { LinkRequest } from '../../../../nodes/gateways/gateway';
import { timedOut } from '..';
import { GatewayBench, LEAD, MINUTE, START, request } from './gateway-bench';

const at = GatewayBench.forEachTest();

describe('creating a link', () => {
	it('asks for exactly the amount, and says whom it is for', async () => {
		const link = await at.createLink({
			options: {
				returnUrl: 'https://example.com/thanks',
				sessionMinutes: 60,
				mostAttempts: 3,
				paymentMethods: ['card', 'ussd'],
			},
		});
		const [made] = at.bench.flutterwave.store.links.values();
		expect(made).toMatchObject({
			txRef: link.reference,
			amount: 7500.5,
			currency: 'NGN',
			redirectUrl: 'https://example.com/thanks',
			title: 'Website relaunch',
			methods: ['card', 'ussd'],
			maxAttempts: 3,
			expiresAt: START + 60 * MINUTE,
			meta: {
				kommo_lead_id: String(LEAD),
				kommo_contact_id: '8',
				kommo_responsible_user_id: '9',
			},
		});
		expect(link).toMatchObject({
			leadId: LEAD,
			url: made?.url,
			amount: '7500.50',
			amountMinor: 750050,
			currency: 'NGN',
			status: 'active',
			expiresAt: '2026-11-20T10:00:00.000Z',
			reused: false,
		});
	});

	it('names the contact whose e-mail address is missing', async () => {
		const customer = { name: 'Purchasing department', email: null, phone: null };
		await expect(at.createLink({ customer })).rejects.toThrow(
			'"Purchasing department" has no e-mail address, and Flutterwave makes no payment link without one.',
		);
		expect(at.linksMade).toBe(0);
	});

	it('hands back the link that the lead has while nothing changes', async () => {
		const { linkId, url } = await at.createLink();
		at.now += 5 * MINUTE;
		const again = await at.createLink({ existingLink: { id: linkId, url } });
		expect(again).toMatchObject({ linkId, url, reused: true, status: 'active' });
		expect(at.linksMade).toBe(1);
	});

	it('hands it back after a failed attempt, whose id stands on the lead then', async () => {
		const { linkId, url } = await at.createLink();
		const { id } = await at.bench.flutterwave.decline(url);
		const again = await at.createLink({ existingLink: { id: String(id), url } });
		expect(again).toMatchObject({ linkId, url, reused: true });
	});

	it('makes another one when too many attempts have closed it', async () => {
		const { linkId, url } = await at.createLink();
		const existingLink = { id: linkId, url };
		for (let attempt = 1; attempt < 5; attempt += 1) await at.bench.flutterwave.decline(url);
		expect(await at.createLink({ existingLink })).toMatchObject({ linkId, reused: true });
		await at.bench.flutterwave.decline(url);
		const next = await at.createLink({ existingLink });
		expect(next).toMatchObject({ status: 'active', reused: false });
		await at.bench.flutterwave.pay(next.url);
	});

	it('makes another one after as many attempts as it was made for', async () => {
		const options = { mostAttempts: 2 };
		const { linkId, url } = await at.createLink({ options });
		const existingLink = { id: linkId, url };
		await at.bench.flutterwave.decline(url);
		expect(await at.createLink({ options, existingLink })).toMatchObject({ linkId, reused: true });
		await at.bench.flutterwave.decline(url);
		expect(await at.createLink({ options, existingLink })).toMatchObject({ reused: false });
	});

	it('closes one whose attempts Flutterwave does not limit as we asked', async () => {
		at.bench.flutterwave.settings.sessionControls = [];
		const options = { mostAttempts: 1 };
		const { linkId, url } = await at.createLink({ options });
		await at.bench.flutterwave.decline(url);
		await at.createLink({ options, existingLink: { id: linkId, url } });
		const [old] = at.bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(true);
	});

	it('makes a live one in place of a link of test mode', async () => {
		const { linkId, url } = await at.createLink();
		at.context = at.contextWith(at.bench.flutterwave.otherModeKey);
		const next = await at.createLink({ existingLink: { id: linkId, url } });
		expect(next).toMatchObject({ reused: false, live: true, status: 'active' });
		expect(next.linkId).not.toBe(linkId);
		const again = await at.createLink({ existingLink: { id: next.linkId, url: next.url } });
		expect(again).toMatchObject({ linkId: next.linkId, reused: true, live: true });
	});

	it.each<[string, Partial<LinkRequest>]>([
		['the amount', { money: parseMoney('8000', 'NGN') }],
		['the currency', { money: parseMoney('7500.50', 'USD') }],
		['the payer', { customer: { ...request.customer, email: 'other@example.com' } }],
		['the methods', { options: { paymentMethods: ['card'] } }],
		['the time to pay', { options: { sessionMinutes: 30 } }],
		['the number of attempts', { options: { mostAttempts: 3 } }],
	])('closes it and makes another one when %s changed', async (_name, changes) => {
		const { linkId, url } = await at.createLink();
		const next = await at.createLink({ ...changes, existingLink: { id: linkId, url } });
		expect(next).toMatchObject({ reused: false, status: 'active' });
		expect(next.linkId).not.toBe(linkId);
		const [old] = at.bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(true);
	});

	it.each(['oldest', 'newest'] as const)(
		'makes another one when it was paid in the second attempt (%s is found by reference)',
		async (byReference) => {
			at.bench.flutterwave.settings.byReference = byReference;
			const { linkId, url } = await at.createLink();
			await at.bench.flutterwave.decline(url);
			await at.bench.flutterwave.pay(url);
			const next = await at.createLink({ existingLink: { id: linkId, url } });
			expect(next.reused).toBe(false);
		},
	);

	it('makes another one when the time to pay is over', async () => {
		const options = { sessionMinutes: 30 };
		const { linkId, url } = await at.createLink({ options });
		at.now += 31 * MINUTE;
		const next = await at.createLink({ options, existingLink: { id: linkId, url } });
		expect(next.reused).toBe(false);
	});

	it("leaves another lead's link on a copied deal alone", async () => {
		const { linkId, url } = await at.createLink({ leadId: 7 });
		await at.createLink({ existingLink: { id: linkId, url } });
		const [old] = at.bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(false);
	});

	it('does not cost the lead its link when the request cannot work', async () => {
		const { linkId, url } = await at.createLink();
		const existingLink = { id: linkId, url };
		const options = { returnUrl: 'nowhere' };
		await expect(at.createLink({ options, existingLink })).rejects.toThrow(/return address/);
		const [old] = at.bench.flutterwave.store.links.values();
		expect(old?.disabled).toBe(false);
	});

	it.each([true, false])(
		'looks, and makes one more under another reference, when the answer is lost (done: %s)',
		async (worked) => {
			at.bench.flutterwave.faults.add({ ...timedOut({ worked }), path: /payments$/, times: 1 });
			const { reference, url } = await at.createLink();
			const references = [...at.bench.flutterwave.store.links.values()].map(({ txRef }) => txRef);
			expect(references).toHaveLength(worked ? 2 : 1);
			expect(new Set(references).size).toBe(references.length);
			expect(references.at(-1)).toBe(reference);
			const looks = at.bench.flutterwave.log.of('GET', /verify_by_reference$/);
			expect(looks).toHaveLength(1);
			await at.bench.flutterwave.pay(url);
			expect(await at.told()).toHaveLength(1);
		},
	);

	it('gives up when the second answer is lost as well', async () => {
		at.bench.flutterwave.faults.add({ ...timedOut(), path: /payments$/ });
		await expect(at.createLink()).rejects.toThrow(/problem of its own \(status 503\)/);
		expect(at.bench.flutterwave.log.of('POST', /payments$/)).toHaveLength(2);
	});

	it('passes on what Flutterwave says against it', async () => {
		const money = parseMoney('10', 'JPY');
		await expect(at.createLink({ money })).rejects.toThrow(
			'Flutterwave refused: currency is not supported.',
		);
	});

	it('names the key when Flutterwave does not know it', async () => {
		const secretKey = ['FLWSECK', 'nobodys-X'].join('_TEST-');
		const attempt = gateway.paymentLinks.create(request, at.contextWith(secretKey));
		await expect(attempt).rejects.toThrow('Flutterwave does not accept the secret key.');
		await expect(attempt).rejects.not.toThrow(secretKey);
	});
});

describe('looking up and closing a link', () => {
	it('tells what it asks for, and whether it was paid', async () => {
		const { linkId, url } = await at.createLink();
		const open = await gateway.paymentLinks.get(linkId, at.context, url);
		expect(open).toMatchObject({ linkId, url, amount: '7500.50', currency: 'NGN', leadId: LEAD });
		expect(open.status).toBe('active');
		await at.bench.flutterwave.pay(url);
		expect((await gateway.paymentLinks.get(linkId, at.context, url)).status).toBe('paid');
	});

	it('closes it by its address, as often as it is asked to', async () => {
		const { linkId, url } = await at.createLink();
		const { deactivate } = gateway.paymentLinks;
		const closings = [1, 2].map(async () => await deactivate?.(linkId, at.context, url));
		for (const closed of await Promise.all(closings)) {
			expect(closed).toMatchObject({ status: 'inactive', url });
		}
		await expect(at.bench.flutterwave.pay(url)).rejects.toThrow(/disabled/);
	});

	it('says that a link was paid instead of closing it', async () => {
		const { linkId, url } = await at.createLink();
		await at.bench.flutterwave.pay(url);
		expect(await gateway.paymentLinks.deactivate?.(linkId, at.context, url)).toMatchObject({
			status: 'paid',
		});
	});

	it('asks for the address when it has none', async () => {
		const { linkId } = await at.createLink();
		await expect(gateway.paymentLinks.deactivate?.(linkId, at.context)).rejects.toThrow(
			/"Link URL"/,
		);
	});

	it('refuses an id that is none', async () => {
		await expect(gateway.paymentLinks.get('plink_1', at.context)).rejects.toThrow(
			/begins with kommo_/,
		);
	});
});
