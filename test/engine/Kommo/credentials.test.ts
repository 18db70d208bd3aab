import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeProperties,
} from 'n8n-workflow';
import { KommoPaymentsApi } from '../../../credentials/KommoPaymentsApi.credentials';
import { KommoPaymentsOAuth2Api } from '../../../credentials/KommoPaymentsOAuth2Api.credentials';
import { Kommo } from '../../../nodes/Kommo/Kommo.node';
import { startKommo, type KommoSimulator } from '../../simulators/kommo';
import { runNode } from '../harness';
import { buildWorkflow } from '../harness/test-workflow';

/** n8n's own parent type, as far as a refresh needs it. */
class OAuth2Api implements ICredentialType {
	name = 'oAuth2Api';
	displayName = 'OAuth2 API';
	properties: INodeProperties[] = [];
}

describe('The long-lived token', () => {
	const credential = new KommoPaymentsApi();
	const authenticate = async (fields: ICredentialDataDecryptedObject) => {
		if (typeof credential.authenticate !== 'function') throw new Error('not a function');
		return await credential.authenticate(fields, {
			url: '/api/v4/account',
			headers: { accept: 'application/json' },
		});
	};

	it('goes to the account’s own host, in the header', async () => {
		const fields = { accountUrl: 'acme.kommo.com/leads/', accessToken: ' token ' };
		await expect(authenticate(fields)).resolves.toMatchObject({
			url: '/api/v4/account',
			baseURL: 'https://acme.kommo.com',
			headers: { accept: 'application/json', authorization: 'Bearer token' },
		});
	});

	it('goes nowhere else', async () => {
		const fields = { accountUrl: 'https://acme.example.com', accessToken: 'token' };
		await expect(authenticate(fields)).rejects.toThrow('not a host of Kommo');
	});

	it('is tested with words for every refusal', () => {
		const statuses = credential.test.rules?.map(({ properties }) => {
			return 'value' in properties ? properties.value : null;
		});
		expect(statuses).toEqual([401, 402, 403, 404]);
		expect(credential.test.request.url).toBe('/api/v4/account');
	});
});

describe('OAuth2', () => {
	let kommo: KommoSimulator;

	beforeAll(async () => (kommo = await startKommo({ rateLimit: null })));
	afterAll(async () => await kommo.close());

	/** A field's default as n8n evaluates it for this account address. */
	const evaluated = (name: string, accountUrl: string): unknown => {
		const property = new KommoPaymentsOAuth2Api().properties.find((field) => field.name === name);
		const workflow = buildWorkflow({ nodes: [{ type: new Kommo() }], credentialNames: [] });
		const [node] = Object.values(workflow.nodes);
		const fields = { accountUrl, value: String(property?.default) };
		const result = workflow.expression.getComplexParameterValue(
			node!,
			fields,
			'internal',
			{},
			undefined,
			undefined,
			fields,
		) as IDataObject;
		return result.value;
	};

	it.each([
		['https://acme.kommo.com', 'https://acme.kommo.com/oauth2/access_token'],
		['acme.kommo.com/leads/', 'https://acme.kommo.com/oauth2/access_token'],
		['https://acme.amocrm.ru/', 'https://acme.amocrm.ru/oauth2/access_token'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010/oauth2/access_token'],
		['https://acme.example.com', 'https:///oauth2/access_token'],
		['https://acme.kommo.com.example.com', 'https:///oauth2/access_token'],
		['https://example.com/acme.kommo.com', 'https:///oauth2/access_token'],
		['http://acme.kommo.com', 'https:///oauth2/access_token'],
	])('exchanges codes for %s at %s', (accountUrl, expected) => {
		expect(evaluated('accessTokenUrl', accountUrl)).toBe(expected);
	});

	it.each([
		['https://acme.kommo.com', 'https://www.kommo.com/oauth'],
		['https://acme.amocrm.ru', 'https://www.amocrm.ru/oauth'],
	])('asks the owner of %s at %s', (accountUrl, expected) => {
		expect(evaluated('authUrl', accountUrl)).toBe(expected);
	});

	const listPipelines = async (oauthTokenData: IDataObject) =>
		await runNode(
			new Kommo(),
			{
				authentication: 'kommoPaymentsOAuth2Api',
				resource: 'pipeline',
				operation: 'getAll',
			},
			[{ json: {} }],
			{
				credentialTypes: [new KommoPaymentsOAuth2Api(), new OAuth2Api()],
				credentials: {
					kommoPaymentsOAuth2Api: {
						accountUrl: kommo.url,
						clientId: kommo.oauth.clientId,
						clientSecret: kommo.oauth.clientSecret,
						grantType: 'authorizationCode',
						authentication: 'body',
						scope: '',
						authUrl: `${kommo.url}/oauth`,
						accessTokenUrl: `${kommo.url}/oauth2/access_token`,
						oauthTokenData: oauthTokenData as never,
					},
				},
			},
		);

	it('works with a token that is good', async () => {
		const { access, refresh } = kommo.oauth.issue();
		const token = { access_token: access, refresh_token: refresh, token_type: 'Bearer' };
		const [pipelines = []] = await listPipelines(token);
		expect(pipelines.length).toBeGreaterThan(0);
	});

	it('renews a token that has expired', async () => {
		const { refresh } = kommo.oauth.issue();
		const token = { access_token: 'expired', refresh_token: refresh, token_type: 'Bearer' };
		const [pipelines = []] = await listPipelines(token);
		expect(pipelines.length).toBeGreaterThan(0);
		expect(kommo.log.of('POST', /access_token/)).toHaveLength(1);
	});

	it('says in words that the connection is lost', async () => {
		const token = { access_token: 'expired', refresh_token: 'spent', token_type: 'Bearer' };
		await expect(listPipelines(token)).rejects.toMatchObject({
			message: expect.stringContaining('access token') as string,
		});
	});
});
