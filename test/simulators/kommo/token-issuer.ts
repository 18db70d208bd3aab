import { randomBytes } from 'node:crypto';
import type { Account } from './entities';

const ACCESS_SECONDS = 86_400;
const CODE_SECONDS = 20 * 60;

interface Grant {
	access: string;
	refresh: string;
	/** Unix seconds. */
	expiresAt: number;
	/** The refresh token this pair was made from; dies when the pair is first used. */
	replaces: string | null;
}

/** Codes, access tokens and rotating refresh tokens of one OAuth integration. */
export class TokenIssuer {
	readonly clientId = '00000000-0000-4000-8000-000000000001';
	readonly clientSecret = 'kommo-test-client-secret';
	/** null accepts any. */
	redirectUri: string | null = null;
	private readonly codes = new Map<string, number>();
	private readonly grants = new Map<string, Grant>();
	private readonly validRefresh = new Set<string>();

	constructor(
		private readonly account: Account,
		private readonly seconds: () => number,
	) {}

	/** A code as the consent page would hand out: single use, 20 minutes. */
	issueCode(): string {
		const code = `def50200${randomBytes(24).toString('hex')}`;
		this.codes.set(code, this.seconds() + CODE_SECONDS);
		return code;
	}

	takeCode(code: string): boolean {
		const until = this.codes.get(code);
		this.codes.delete(code);
		return until !== undefined && until >= this.seconds();
	}

	/** @param rotation whether the spent refresh token dies now or when the new pair is first used */
	refresh(token: string, rotation: 'onFirstUse' | 'immediate'): Grant | null {
		if (!this.validRefresh.has(token)) return null;
		const grant = this.issue(token);
		if (rotation === 'immediate') this.validRefresh.delete(token);
		return grant;
	}

	issue(replaces: string | null = null): Grant {
		const grant: Grant = {
			access: this.jwt(),
			refresh: `def50200${randomBytes(32).toString('hex')}`,
			expiresAt: this.seconds() + ACCESS_SECONDS,
			replaces,
		};
		this.grants.set(grant.access, grant);
		this.validRefresh.add(grant.refresh);
		return grant;
	}

	/** Whether an access token is good now; its first use buries the refresh token before it. */
	accepts(access: string): boolean {
		const grant = this.grants.get(access);
		if (!grant || grant.expiresAt <= this.seconds()) return false;
		if (grant.replaces !== null) this.validRefresh.delete(grant.replaces);
		grant.replaces = null;
		return true;
	}

	/** What an administrator does by removing the integration. */
	revokeAll(): void {
		this.grants.clear();
		this.validRefresh.clear();
	}

	private jwt(): string {
		const now = this.seconds();
		const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
		const claims = {
			aud: this.clientId,
			jti: randomBytes(20).toString('hex'),
			iat: now,
			nbf: now,
			exp: now + ACCESS_SECONDS,
			sub: String(this.account.current_user_id),
			grant_type: '',
			account_id: this.account.id,
			base_domain: 'kommo.com',
			version: 2,
			scopes: ['push_notifications', 'files', 'crm', 'files_delete', 'notifications'],
		};
		const signature = randomBytes(32).toString('base64url');
		return `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}.${signature}`;
	}
}
