import type { PaymentEvent } from '../../../../nodes/core/payment-event';
import { DEFAULTS } from '../../../simulators/kommo';
import { failed, paymentEvent, subscription } from '../../../unit/core/payment-events';
import { minutesAgo, startPaymentAccount, type PaymentAccount } from './payment-account';

const { sales } = DEFAULTS;

describe('Kommo: Apply Payment Event moves the lead', () => {
	let account: PaymentAccount;
	let leadId: number;

	beforeAll(async () => (account = await startPaymentAccount()));
	afterAll(async () => await account.kommo.close());
	beforeEach(() => {
		account.kommo.log.clear();
		leadId = account.createLead();
	});

	const paid = (parts: Partial<PaymentEvent> = {}) =>
		paymentEvent({ leadId, paymentId: `pi_${leadId}`, occurredAt: minutesAgo(0), ...parts });

	const moveWhen = (status: string, stage: string) => ({ moves: { move: [{ status, stage }] } });
	const stageOf = (id: number) => {
		const { pipeline_id, status_id } = account.kommo.lead(id);
		return [pipeline_id, status_id];
	};

	it('to the chosen stage when its status becomes the chosen one', async () => {
		const stage = `${sales.pipeline}:${sales.paymentReceived}`;
		await account.apply([paid()], moveWhen('Paid', stage));
		expect(stageOf(leadId)).toEqual([sales.pipeline, sales.paymentReceived]);
		expect(account.kommo.log.of('PATCH', /leads/)).toHaveLength(1);
	});

	it('into another pipeline', async () => {
		const { pipeline, renewed } = DEFAULTS.renewals;
		await account.apply([paid()], moveWhen('Paid', `${pipeline}:${renewed}`));
		expect(stageOf(leadId)).toEqual([pipeline, renewed]);
	});

	it('to Closed – won of the pipeline that it is in', async () => {
		await account.apply([paid()], moveWhen('Paid', '142'));
		expect(stageOf(leadId)).toEqual([sales.pipeline, 142]);
	});

	it('not for another status', async () => {
		const before = stageOf(leadId);
		await account.apply([failed({ leadId })], moveWhen('Paid', '142'));
		expect(stageOf(leadId)).toEqual(before);
	});

	it('once: what a person has moved on afterwards stays there', async () => {
		const stage = `${sales.pipeline}:${sales.paymentReceived}`;
		await account.apply([paid()], moveWhen('Paid', stage));
		account.kommo.moveLead(leadId, 142);
		await account.apply([paid()], moveWhen('Paid', stage));
		await account.apply([paid({ subscription: subscription() })], moveWhen('Paid', stage));
		expect(stageOf(leadId)).toEqual([sales.pipeline, 142]);
	});

	it('not where no stage was chosen', async () => {
		const before = stageOf(leadId);
		await account.apply([paid()], moveWhen('Paid', ''));
		expect(stageOf(leadId)).toEqual(before);
		expect(account.card(leadId).status).toBe('Paid');
	});

	it('says so when the stage is none', async () => {
		await expect(account.apply([paid()], moveWhen('Paid', 'somewhere'))).rejects.toThrow(
			'"somewhere" is not a stage',
		);
	});
});
