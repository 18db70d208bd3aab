/** A simulated Kommo account with the credential that belongs to it. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { KommoPaymentsApi } from '../../../credentials/KommoPaymentsApi.credentials';
import { Kommo } from '../../../nodes/Kommo/Kommo.node';
import { startKommo, type KommoOptions, type KommoSimulator } from '../../simulators/kommo';
import { runNode, type CredentialSettings, type RunNodeSettings } from '../harness';

export interface KommoAccount {
	kommo: KommoSimulator;
	credentials: CredentialSettings;
	/** Runs an operation of the Kommo node. */
	run(
		operation: `${string}:${string}`,
		parameters?: IDataObject,
		items?: readonly IDataObject[],
		settings?: RunNodeSettings,
	): Promise<INodeExecutionData[][]>;
	/** The JSON of its first output. */
	json(...args: Parameters<KommoAccount['run']>): Promise<IDataObject[]>;
}

export async function startKommoAccount(options: KommoOptions = {}): Promise<KommoAccount> {
	// The limits are tested by themselves; here they would only cost time.
	const kommo = await startKommo({ rateLimit: null, ...options });
	const credentials: CredentialSettings = {
		credentials: { kommoPaymentsApi: { accountUrl: kommo.url, accessToken: kommo.token } },
		credentialTypes: [new KommoPaymentsApi()],
	};
	const account: KommoAccount = {
		kommo,
		credentials,
		async run(operation, parameters = {}, items = [{}], settings = {}) {
			const [resource, value] = operation.split(':');
			return await runNode(
				new Kommo(),
				{ resource, operation: value, ...parameters },
				items.map((json) => ({ json })),
				{ ...credentials, ...settings },
			);
		},
		async json(...args) {
			const [first = []] = await account.run(...args);
			return first.map(({ json }) => json);
		},
	};
	return account;
}

/** A resource locator as the editor saves it. */
export function byId(value: string | number): IDataObject {
	return { __rl: true, mode: 'id', value: String(value) };
}

/** The custom field editor as the editor saves it. */
export function mapped(value: IDataObject): IDataObject {
	const schema = Object.keys(value).map((id) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
	}));
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema };
}
