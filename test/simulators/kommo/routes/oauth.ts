import type { Express, Request } from 'express';
import qs from 'qs';
import type { Context } from '../context';
import { Problem } from '../problem';
import type { TokenIssuer } from '../token-issuer';

const refused = (status: number, hint: string) =>
	new Problem(status, {
		hint,
		title: 'Invalid request',
		type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
		status,
		detail: 'The request is missing required parameters, or they are invalid',
	});

/** The token endpoint, and a consent page that always agrees. */
export function oauthRoutes(app: Express, ctx: Context, issuer: TokenIssuer): void {
	app.get('/oauth', (req, res) => {
		const [, query = ''] = req.originalUrl.split(/\?(.*)/s);
		const sent = qs.parse(query);
		const target = issuer.redirectUri ?? String(sent.redirect_uri ?? '');
		if (sent.client_id !== issuer.clientId || !URL.canParse(target)) {
			throw refused(400, 'Check the client_id and redirect_uri parameters');
		}
		const url = new URL(target);
		url.searchParams.set('code', issuer.issueCode());
		url.searchParams.set('referer', new URL(ctx.url).host);
		if (sent.state !== undefined) url.searchParams.set('state', String(sent.state));
		url.searchParams.set('client_id', issuer.clientId);
		url.searchParams.set('platform', '2');
		res.redirect(302, url.toString());
	});
	app.post('/oauth2/access_token', (req, res) => {
		const grant = exchange(ctx, issuer, tokenRequest(req));
		res.status(200).json({
			token_type: 'Bearer',
			expires_in: grant.expiresAt - ctx.seconds(),
			access_token: grant.access,
			refresh_token: grant.refresh,
		});
	});
}

function exchange(ctx: Context, issuer: TokenIssuer, sent: Record<string, unknown>) {
	if (sent.client_id !== issuer.clientId || sent.client_secret !== issuer.clientSecret) {
		throw refused(401, 'Client authentication failed');
	}
	const redirect = sent.redirect_uri;
	if (redirect === undefined && ctx.switches.requireRedirectUri) {
		throw refused(400, 'Check the `redirect_uri` parameter');
	}
	if (redirect !== undefined && issuer.redirectUri !== null && redirect !== issuer.redirectUri) {
		throw refused(400, 'Check the `redirect_uri` parameter');
	}
	if (sent.grant_type === 'authorization_code') {
		if (issuer.takeCode(String(sent.code))) return issuer.issue();
		throw refused(400, 'Authorization code has expired');
	}
	if (sent.grant_type === 'refresh_token') {
		const grant = issuer.refresh(String(sent.refresh_token), ctx.switches.refreshRotation);
		if (grant) return grant;
		throw refused(401, 'Token has been revoked');
	}
	throw refused(400, 'Check the `grant_type` parameter');
}

/** JSON is documented; OAuth clients also send forms, with the client in HTTP Basic. */
function tokenRequest(req: Request): Record<string, unknown> {
	const raw = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	const basic = /^Basic (.+)$/.exec(req.headers.authorization ?? '')?.[1];
	const [id, secret] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(':') : [];
	const client = basic
		? {
				client_id: decodeURIComponent(id ?? ''),
				client_secret: decodeURIComponent(secret ?? ''),
			}
		: {};
	try {
		return { ...client, ...(raw.startsWith('{') ? JSON.parse(raw) : qs.parse(raw)) };
	} catch {
		return client;
	}
}
