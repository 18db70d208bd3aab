import {
	sleep,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';
import { n8nSend } from '../http/n8n-send';
import { getAccount, type Account } from './client/account';
import { CustomFieldCache, type CustomField, type FieldEntity } from './client/custom-fields';
import { createKommoApi, type KommoApi } from './client/kommo-api';
import { RateLimiter } from './client/rate-limiter';
import { kommoBaseUrl } from './kommo-hosts';
import { oauth2Requests } from './oauth2-requests';
import { requestsPerSecond } from './requests-per-second';

/** Credential types, which are also the values of the parameter "authentication". */
export const LONG_LIVED = 'kommoPaymentsApi';
export const CONSENTED = 'kommoPaymentsOAuth2Api';

export type KommoContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

/** An account, as seen with one credential. */
export interface Kommo {
	api: KommoApi;
	/** The account's address, without a trailing slash. */
	baseUrl: string;
	/** Tells one account (and credential) from another, for caches. */
	accountKey: string;
	account(): Promise<Account>;
	/** Definitions of custom fields, remembered for ten minutes. */
	fields(entity: FieldEntity): Promise<readonly CustomField[]>;
	/** Definitions read anew, because one was missing; null when that was done before in this run. */
	rereadFields(entity: FieldEntity): Promise<readonly CustomField[] | null>;
	/** The next look at fields goes to Kommo. */
	forgetFields(): void;
}

/** Account settings change even more rarely than fields. */
const ACCOUNT_LIFETIME_MS = 600_000;

const timing = { now: () => Date.now(), sleep };
/** Kommo counts per IP address, so all workflows of this process share one budget. */
const limiter = new RateLimiter(timing);
const fieldCache = new CustomFieldCache(timing.now);
const accounts = new Map<string, { readAt: number; account: Account }>();

/** @throws Error when the credential names no address of Kommo */
export async function kommoOf(context: KommoContext): Promise<Kommo> {
	const credentialType = context.getNodeParameter('authentication', 0) as string;
	const { accountUrl, requestsPerSecond: share } = await context.getCredentials<{
		accountUrl: unknown;
		requestsPerSecond?: unknown;
	}>(credentialType);
	const requests = credentialType === CONSENTED ? oauth2Requests(context, accountUrl) : context;
	const api = createKommoApi(n8nSend(requests, credentialType), {
		...timing,
		limiter,
		requestsPerSecond: requestsPerSecond(share),
	});
	const credentialId = context.getNode().credentials?.[credentialType]?.id ?? '';
	const baseUrl = kommoBaseUrl(accountUrl);
	const accountKey = `${baseUrl} ${credentialId}`;
	const reread = new Set<FieldEntity>();
	return {
		api,
		baseUrl,
		accountKey,
		account: async () => await cachedAccount(accountKey, api),
		fields: async (entity) => await fieldCache.fieldsOf(accountKey, api, entity),
		rereadFields: async (entity) => {
			if (reread.has(entity)) return null;
			reread.add(entity);
			fieldCache.forget(accountKey);
			return await fieldCache.fieldsOf(accountKey, api, entity);
		},
		forgetFields: () => fieldCache.forget(accountKey),
	};
}

/** The secret of the credential that lasts longest: n8n renews the access token of OAuth2 every day. */
export async function sealingKeyOf(context: KommoContext): Promise<string> {
	const credentialType = context.getNodeParameter('authentication', 0) as string;
	const { clientSecret, accessToken } = await context.getCredentials(credentialType);
	const key = credentialType === CONSENTED ? clientSecret : accessToken;
	return typeof key === 'string' ? key.trim() : '';
}

async function cachedAccount(key: string, api: KommoApi): Promise<Account> {
	const known = accounts.get(key);
	if (known && timing.now() - known.readAt < ACCOUNT_LIFETIME_MS) return known.account;
	const account = await getAccount(api);
	accounts.set(key, { readAt: timing.now(), account });
	return account;
}
