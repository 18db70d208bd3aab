import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { assertError } from '../../core/assert-error';
import { secretsEqual } from '../../core/webhook-signature';
import { claimDelivery } from '../../dedupe/claim-delivery';
import { acceptQuietly, refuse } from '../../webhook/answer';
import { rawBodyOf } from '../../webhook/raw-body';
import { isWanted, type ChangeFilter } from './change-filter';
import { deliveryKey } from './change-key';
import { changesOf, type KommoChange } from './kommo-change';
import { FormBodyError, parsePhpForm } from './php-form-body';
import { digestOf, readSubscription } from './subscription-methods';

/**
 * The trigger's webhook(): is it from our account, is it wanted, is it new? No credential is read and nobody is asked,
 * because Kommo waits for 2 seconds only.
 */
export async function receiveChanges(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { secretDigest, accountId } = readSubscription(this.getWorkflowStaticData('node'));
	const { key } = this.getQueryData() as { key?: unknown };
	const isGenuine =
		secretDigest !== null && typeof key === 'string' && secretsEqual(digestOf(key), secretDigest);
	if (!isGenuine || accountId === null) return refuse(this, 401, 'wrong key');

	const changes = readChanges(await rawBodyOf(this));
	if (changes === null) return refuse(this, 400, 'not a form');
	if (changes.length === 0) return acceptQuietly('no changes');
	if (changes.some((change) => change.accountId !== accountId)) {
		return refuse(this, 401, 'another account');
	}

	const filter = changeFilter(this);
	const wanted = changes.filter((change) => isWanted(change, filter));
	if (wanted.length === 0) return acceptQuietly('not wanted');

	const delivery = deliveryKey(wanted);
	const claim = delivery === null ? 'claimed' : claimDelivery(this, delivery);
	if (claim === 'in flight') return refuse(this, 503, 'in progress');
	if (claim === 'done') return acceptQuietly('duplicate');
	return { workflowData: [wanted.map((change) => ({ json: change as unknown as IDataObject }))] };
}

/** null for what is not a form in Kommo's notation. */
function readChanges(rawBody: Buffer): KommoChange[] | null {
	try {
		return changesOf(parsePhpForm(rawBody));
	} catch (error) {
		assertError(error, FormBodyError);
		return null;
	}
}

function changeFilter(context: IWebhookFunctions): ChangeFilter {
	const choice = (name: string) => Number(context.getNodeParameter(name, '')) || null;
	const options = context.getNodeParameter('options', {}) as { onlyByPeople?: boolean };
	return {
		events: context.getNodeParameter('events', []) as string[],
		pipelineId: choice('pipelineId'),
		statusId: choice('statusId'),
		fromStatusId: choice('fromStatusId'),
		onlyByPeople: options.onlyByPeople === true,
	};
}
