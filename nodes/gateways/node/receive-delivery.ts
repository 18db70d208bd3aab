import { assertError } from '../../core/assert-error';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isDeeperThan, isJsonObject, type JsonObject } from '../../core/json';
import type { PaymentEventType } from '../../core/payment-event';
import { claimDelivery } from '../../dedupe/claim-delivery';
import { acceptQuietly, refuse } from '../../webhook/answer';
import { rawBodyOf } from '../../webhook/raw-body';
import type { Gateway } from '../gateway';
import { credentialOf } from './gateway-context';
import { deliveryKey, deliveryToItem } from './received-delivery';
import { registeredSecret } from './registered-secret';
import { readRegistration } from './stored-registration';

/** Events have some ten levels; n8n copies items recursively, and thousands would overflow its stack. */
const MAX_LEVELS = 100;

interface AcceptedSecrets {
	secrets: Array<string | null>;
	live: boolean;
}

/**
 * The webhook() of every gateway trigger: verify over the raw bytes, keep what is wanted, claim it, start the execution.
 * Refusals are answered here: a thrown error would store a failed execution for every forged call.
 */
export async function receiveDelivery(
	this: IWebhookFunctions,
	gateway: Gateway,
): Promise<IWebhookResponseData> {
	const rawBody = await rawBodyOf(this);
	const accepted = await acceptedSecrets(this, gateway);
	if (accepted === null) return refuse(this, 503, 'published with another key');
	const { secrets, live } = accepted;
	const verdict = gateway.webhook.verify(
		{ rawBody, headers: this.getHeaderData() },
		{ secrets, toleranceSeconds: toleranceOf(this, gateway), nowMs: Date.now() },
	);
	if (!verdict.genuine) return refuse(this, 401, verdict.refusal);

	const body = parseJson(rawBody);
	const event = body === null ? null : gateway.webhook.read(body);
	if (body === null || event === null) return refuse(this, 400, 'not an event');
	const wanted = this.getNodeParameter('events') as PaymentEventType[];
	if (!event.types.some((type) => wanted.includes(type))) return acceptQuietly('not subscribed');
	// A test payment must not turn a real deal Paid; Stripe sends both kinds to the live endpoints of Connect platforms.
	if (event.live !== undefined && event.live !== live) return acceptQuietly('of the other mode');
	if (event.simulated && !takesSimulated(this)) return acceptQuietly('simulated');

	const claim = claimDelivery(this, deliveryKey(gateway, event.eventId));
	if (claim === 'in flight') return refuse(this, 503, 'in progress');
	if (claim === 'done') return acceptQuietly('duplicate');
	const { eventId, eventType, storedBody = body } = event;
	const receivedAt = new Date().toISOString();
	const item = deliveryToItem({ eventId, eventType, live, receivedAt, body: storedBody });
	return { workflowData: [[{ json: item }]] };
}

/**
 * The secret kept at activation; the credential's only where the user registers by hand.
 * @returns null when what was kept can't be opened any more
 */
async function acceptedSecrets(
	context: IWebhookFunctions,
	gateway: Gateway,
): Promise<AcceptedSecrets | null> {
	if (gateway.registration !== null && context.getNodeParameter('registration') === 'automatic') {
		const registration = readRegistration(context.getWorkflowStaticData('node'));
		if (registration === null) return { secrets: [], live: false };
		const secret = await registeredSecret(context, gateway, registration);
		if (secret !== null) return { secrets: [secret], live: registration.live };
		context.logger.error(
			`The API key for ${gateway.displayName} has changed since "${context.getNode().name}" was published, so its webhooks can't be verified. Unpublish the workflow and publish it again.`,
		);
		return null;
	}
	const credential = await credentialOf(context, gateway);
	const { signingSecret, previousSigningSecret } = credential;
	return {
		secrets: [textOrNull(signingSecret), textOrNull(previousSigningSecret)],
		live: gateway.isLive(credential),
	};
}

function toleranceOf(context: IWebhookFunctions, gateway: Gateway): number {
	if (gateway.webhook.defaultToleranceSeconds === null) return 0;
	const fallback = gateway.webhook.defaultToleranceSeconds;
	return context.getNodeParameter('tolerance', fallback) as number;
}

/** What a dashboard's simulator made up must not reach a workflow that nobody has opened for it. */
function takesSimulated(context: IWebhookFunctions): boolean {
	const options = context.getNodeParameter('options', {}) as Record<string, unknown>;
	return options['includeSimulated'] === true;
}

function parseJson(rawBody: Buffer): JsonObject | null {
	try {
		const parsed: unknown = JSON.parse(rawBody.toString('utf8'));
		return isJsonObject(parsed) && !isDeeperThan(parsed, MAX_LEVELS) ? parsed : null;
	} catch (error) {
		assertError(error, SyntaxError);
		return null;
	}
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
