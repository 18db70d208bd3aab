import { startKommo, type KommoSimulator } from '.';
import { fixture, fixtureText, shapeOf } from './fixture-files';

interface Tokens {
	access_token: string;
	refresh_token: string;
	expires_in: number;
}

describe('OAuth of the Kommo simulator', () => {
	let kommo: KommoSimulator;
	let seconds = 1_800_000_000;

	beforeEach(async () => {
		kommo = await startKommo({ rateLimit: null, now: () => seconds * 1000 });
	});
	afterEach(() => kommo.close());

	const client = () => ({
		client_id: kommo.oauth.clientId,
		client_secret: kommo.oauth.clientSecret,
	});

	async function token(body: object): Promise<{ status: number; body: Tokens }> {
		const response = await fetch(`${kommo.url}/oauth2/access_token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...client(), ...body }),
		});
		return { status: response.status, body: (await response.json()) as Tokens };
	}

	const byCode = () =>
		token({ grant_type: 'authorization_code', code: kommo.oauth.issueCode(), redirect_uri: 'x' });
	const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });
	const use = async (access: string) => {
		const headers = { authorization: `Bearer ${access}` };
		return (await fetch(`${kommo.url}/api/v4/account`, { headers })).status;
	};

	it('sends the browser back with a code, the account and the state', async () => {
		const query = new URLSearchParams({
			client_id: kommo.oauth.clientId,
			redirect_uri: 'https://n8n.example.com/callback',
			state: 'abc',
		});
		const response = await fetch(`${kommo.url}/oauth?${query}`, { redirect: 'manual' });
		const target = new URL(response.headers.get('location') ?? '');

		expect(target.origin).toBe('https://n8n.example.com');
		expect(target.searchParams.get('state')).toBe('abc');
		expect(target.searchParams.get('referer')).toBe(new URL(kommo.url).host);
		const code = target.searchParams.get('code') ?? '';
		expect((await token({ grant_type: 'authorization_code', code })).status).toBe(200);
	});

	it('gives a day-long JWT for a code, once', async () => {
		const code = kommo.oauth.issueCode();
		const first = await token({ grant_type: 'authorization_code', code });
		const second = await token({ grant_type: 'authorization_code', code });

		expect(shapeOf(first.body)).toEqual(shapeOf(fixture('oauth.access_token.200.json')));
		const claims = JSON.parse(
			Buffer.from(first.body.access_token.split('.')[1] ?? '', 'base64url').toString(),
		);
		expect(shapeOf(claims)).toEqual(shapeOf(fixture('jwt.access_token.claims.json')));
		expect(second.status).toBe(400);

		expect(await use(first.body.access_token)).toBe(200);
		seconds += 86_400;
		expect(await use(first.body.access_token)).toBe(401);
	});

	it('buries a spent refresh token when the new access token is first used', async () => {
		const { body: first } = await byCode();
		const { body: second } = await refresh(first.refresh_token);
		expect((await refresh(first.refresh_token)).status).toBe(200);

		await use(second.access_token);
		const refused = await refresh(first.refresh_token);
		const sample = JSON.parse(fixtureText('oauth.access_token.401.refresh-revoked.json'));
		expect(refused.status).toBe(401);
		expect(refused.body).toMatchObject({ hint: sample.hint, type: sample.type, status: 401 });
		expect(shapeOf(refused.body)).toEqual(shapeOf(sample));
		expect((await refresh(second.refresh_token)).status).toBe(200);
	});

	it('buries it at once where that is switched on', async () => {
		kommo.switches.refreshRotation = 'immediate';
		const { body: first } = await byCode();
		await refresh(first.refresh_token);

		expect((await refresh(first.refresh_token)).status).toBe(401);
	});

	it('takes the form-encoded refresh that OAuth clients send, with the client in HTTP Basic', async () => {
		const { body: first } = await byCode();
		const { clientId, clientSecret } = kommo.oauth;
		const send = () =>
			fetch(`${kommo.url}/oauth2/access_token`, {
				method: 'POST',
				headers: {
					authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
				},
				body: new URLSearchParams({
					grant_type: 'refresh_token',
					refresh_token: first.refresh_token,
				}),
			});

		expect((await send()).status).toBe(200);
		kommo.switches.requireRedirectUri = true;
		expect((await send()).status).toBe(400);
	});

	it('refuses a wrong client secret', async () => {
		const code = kommo.oauth.issueCode();
		const body = { grant_type: 'authorization_code', code, client_secret: 'wrong' };

		expect((await token(body)).status).toBe(401);
	});
});
