import type { QueueStage } from './queue-stage';

const DEALS = 20;
/** What goes back to the client, in two parts, in major units. */
const PARTS = [500, 700] as const;
const REFUNDED = '1200.00';

export interface SameDealReport {
	round: number;
	deals: number;
	/** Deals on which one worker had written over what the other wrote. */
	overwritten: number;
	/** Those that still were wrong once the look back had run. */
	wrongAfterLookBack: number;
	/** Notes on refunds; two for each deal. */
	notes: number;
}

/** Tells n8n of two refunds of one deal at once, each through another webhook processor, and then looks back. */
export async function playSameDeal(stage: QueueStage, round: number): Promise<SameDealReport> {
	const { kommo, n8n, workflows } = stage.world;
	stage.log(`Round ${round}: ${DEALS} deals are paid`);
	const links = await stage.winDeals(DEALS);
	for (const link of links.values()) await stage.gateway.pay(link);
	await stage.settled();
	const notesBefore = notesOn([...links.keys()]);

	for (const link of links.values()) {
		const webhooks = await stage.webhooksOf(async () => {
			for (const part of PARTS) await stage.gateway.refund(link, part);
		});
		const refunds = webhooks.filter(({ body }) => body.includes('"charge.refunded"'));
		if (refunds.length !== PARTS.length) throw new Error(`${refunds.length} refunds are told of`);
		await Promise.all(refunds.map(async (refund, part) => await stage.deliver(refund, part)));
		await stage.settled();
	}
	const overwritten = wrong().length;

	stage.log(`${overwritten} of ${DEALS} deals were overwritten; looking back`);
	const [workflow] = workflows.values();
	if (!workflow) throw new Error('No template is active.');
	await n8n.runManually(workflow.id, 'Every 15 Minutes');
	await stage.settled();
	return {
		round,
		deals: DEALS,
		overwritten,
		wrongAfterLookBack: wrong().length,
		notes: notesOn([...links.keys()]) - notesBefore,
	};

	/** Deals whose card does not show both refunds. */
	function wrong(): number[] {
		return [...links.keys()].filter((leadId) => {
			const lines = String(kommo.fieldValue(leadId, 'KP_PAYMENTS')).split('\n');
			const refunds = lines.filter((line) => / \| (partly )?refunded \| /.test(line));
			const sum = Number(kommo.fieldValue(leadId, 'KP_REFUNDED'));
			return refunds.length !== PARTS.length || sum !== Number(REFUNDED);
		});
	}

	function notesOn(leadIds: readonly number[]): number {
		return leadIds.reduce((sum, leadId) => sum + kommo.notesOf(leadId).length, 0);
	}
}
