import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { pinnedRequest } from '../nodes/http/pinned-request';
import { kommoBaseUrl } from '../nodes/Kommo/kommo-hosts';
import { REQUESTS_PER_SECOND } from '../nodes/Kommo/requests-per-second';

export class KommoPaymentsApi implements ICredentialType {
	name = 'kommoPaymentsApi';

	displayName = 'Kommo Payments API';

	icon: Icon = {
		light: 'file:../nodes/Kommo/kommo.svg',
		dark: 'file:../nodes/Kommo/kommo.dark.svg',
	};

	documentationUrl = 'https://developers.kommo.com/docs/long-lived-token';

	properties: INodeProperties[] = [
		{
			displayName: 'Account Address',
			name: 'accountUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://acme.kommo.com',
			description: 'What stands in the browser when Kommo is open',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'A long-lived token of a private integration. In Kommo: Settings, Integrations, Create integration, Keys and scopes, Generate long-lived token. An administrator has to do this.',
		},
		REQUESTS_PER_SECOND,
	];

	/** A function rather than expressions: n8n builds an isolate for every expression it evaluates. */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		pinnedRequest(requestOptions, kommoBaseUrl(credentials.accountUrl), credentials.accessToken);

	test: ICredentialTestRequest = {
		request: { url: '/api/v4/account' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Kommo does not accept the access token. It is wrong, expired or revoked, or belongs to another account. Generate a new long-lived token and check the account address.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 402,
					message:
						'The Kommo account is not paid for, or the trial has ended. The API works only with an active plan.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Kommo blocks this server, or the token lacks the scope for CRM data. Check the IP allow list and the scopes of the integration.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Kommo account at this address. Copy the address from the browser while Kommo is open.',
				},
			},
		],
	};
}
