import type { FunctionsBase, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { DeliveryClaims, type ClaimResult } from '../core/delivery-claims';

/** One memory for all triggers of this process. */
const claims = new DeliveryClaims();

/**
 * The first layer against duplicates, to be called in `webhook()` just before an execution is started.
 *
 * 'claimed': go on; the claim is confirmed when this request has been answered with 2xx (n8n has stored the execution)
 * and released otherwise. 'in flight': answer 503, the first delivery may still fail. 'done': answer 200, start nothing.
 * A test listener claims nothing: whoever presses "Listen" again wants to see the same event again.
 * @param key names the delivery within this trigger, e.g. the provider's event id
 */
export function claimDelivery(context: IWebhookFunctions, key: string): ClaimResult {
	if (context.getMode() === 'manual') return 'claimed';
	const claimKey = keyOfNode(context, key);
	const holder = Symbol();
	const result = claims.claim(claimKey, Date.now(), holder);
	if (result !== 'claimed') return result;

	const response = context.getResponseObject();
	response.once('close', () => {
		// A client that hung up before the answer was written has learned nothing and will come again.
		const accepted = response.writableEnded && response.statusCode < 300;
		if (accepted) claims.confirm(claimKey, Date.now(), holder);
		else claims.release(claimKey, holder);
	});
	return 'claimed';
}

/**
 * Takes a claim back once the execution knows that nothing came of the delivery: it failed, or the provider does not
 * stand by it. In queue mode the execution runs in another process than the claim, which then lasts its hour.
 */
export function forgetDelivery(context: IExecuteFunctions, key: string): void {
	claims.forget(keyOfNode(context, key));
}

function keyOfNode(context: Pick<FunctionsBase, 'getWorkflow' | 'getNode'>, key: string): string {
	return `${context.getWorkflow().id}:${context.getNode().id}:${key}`;
}
