import type { IWebhookFunctions } from 'n8n-workflow';
import { unseal } from '../../core/sealed-secret';
import type { Gateway } from '../gateway';
import { apiKeyOf, credentialOf } from './gateway-context';
import type { StoredRegistration } from './stored-registration';

/** Far more than there are triggers; only activating again and again would fill it. */
const MAX_OPENED = 1000;

/** Secrets by their sealed form. Opening one takes the credential, which is costly to read in webhook(). */
const opened = new Map<string, string>();

/** @returns null when the credential holds another API key than when the trigger was activated */
export async function registeredSecret(
	context: IWebhookFunctions,
	gateway: Gateway,
	{ sealedSecret }: StoredRegistration,
): Promise<string | null> {
	const known = opened.get(sealedSecret);
	if (known !== undefined) return known;
	const secret = unseal(sealedSecret, apiKeyOf(await credentialOf(context, gateway), gateway));
	if (secret === null) return null;
	if (opened.size >= MAX_OPENED) opened.clear();
	opened.set(sealedSecret, secret);
	return secret;
}
