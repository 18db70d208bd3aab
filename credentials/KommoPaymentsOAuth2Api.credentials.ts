/**
 * OAuth 2.0 for Kommo, the second choice beside the long-lived token.
 *
 * Caveat: Kommo documents a JSON body with `redirect_uri` for refreshing the access token after its 24 hours; n8n sends a
 * form body without `redirect_uri` (n8n-io/n8n#24624). Whether Kommo insists is not documented. Kommo also spends a
 * refresh token with each use, so one credential must not be refreshed by two n8n instances. If the connection is
 * lost after a day, use the long-lived token.
 */
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { REQUESTS_PER_SECOND } from '../nodes/Kommo/requests-per-second';

/** The account's origin, or nothing: the client secret goes only to Kommo's own hosts, or to this machine. */
const ACCOUNT_ORIGIN = String.raw`($self["accountUrl"].trim().match(/^(?:https:\/\/)?[a-z0-9-]+\.(?:kommo\.com|amocrm\.(?:ru|com))(?=\/|$)|^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?=\/|$)/i) ?? [""])[0].replace(/^(?!http)/i, "https://")`;

export class KommoPaymentsOAuth2Api implements ICredentialType {
	name = 'kommoPaymentsOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Kommo Payments OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/Kommo/kommo.svg',
		dark: 'file:../nodes/Kommo/kommo.dark.svg',
	};

	documentationUrl = 'https://developers.kommo.com/docs/oauth-20';

	properties: INodeProperties[] = [
		{
			displayName:
				'The long-lived token is the simpler way. With OAuth2 the connection may have to be renewed by hand after a day.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Account Address',
			name: 'accountUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://acme.kommo.com',
			description: 'What stands in the browser when Kommo is open',
		},
		REQUESTS_PER_SECOND,
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default:
				'={{ $self["accountUrl"].includes(".amocrm.ru") ? "https://www.amocrm.ru/oauth" : "https://www.kommo.com/oauth" }}',
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${ACCOUNT_ORIGIN} + "/oauth2/access_token" }}`,
			required: true,
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			// Come back in the window that n8n has opened.
			default: 'mode=post_message',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
