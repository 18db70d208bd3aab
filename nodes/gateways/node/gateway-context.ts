import { sleep, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { n8nSend, type RequestContext } from '../../http/n8n-send';
import { DEFAULT_BACKOFF_MS, DEFAULT_LONGEST_PAUSE_MS, withRetries } from '../../http/with-retries';
import type { Gateway, GatewayContext } from '../gateway';

interface CredentialContext {
	getCredentials(type: string): Promise<ICredentialDataDecryptedObject>;
}

/** What a gateway gets to work with inside n8n. */
export function gatewayContext(
	context: RequestContext,
	gateway: Gateway,
	live: boolean,
	settings: GatewayContext['settings'] = {},
): GatewayContext {
	const now = () => Date.now();
	const send = withRetries(n8nSend(context, gateway.credentialType), {
		backoffMs: DEFAULT_BACKOFF_MS,
		longestPauseMs: DEFAULT_LONGEST_PAUSE_MS,
		sleep,
		now,
	});
	return { send, now, live, settings };
}

/** The credential's API key, as it is sent. */
export function apiKeyOf(
	credential: Readonly<Record<string, unknown>>,
	{ apiKeyField }: Gateway,
): string {
	const apiKey = credential[apiKeyField];
	return typeof apiKey === 'string' ? apiKey.trim() : '';
}

/** The fields of the gateway's credential. Costly inside webhook(): n8n builds an isolate for it. */
export async function credentialOf(
	context: CredentialContext,
	gateway: Gateway,
): Promise<ICredentialDataDecryptedObject> {
	return await context.getCredentials(gateway.credentialType);
}
