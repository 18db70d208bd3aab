import { Agent } from 'node:http';
import axios, { type AxiosInstance, type Method } from 'axios';
import type { Owner } from './n8n-records';

const COOKIE = 'n8n-auth';

/** The REST API the editor speaks, signed in as the owner. */
export class N8nRest {
	private readonly http: AxiosInstance;
	/** The value of the session cookie; empty before `signIn`. */
	session = '';

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			// A kept connection would be a dead one after a restart.
			httpAgent: new Agent({ keepAlive: false }),
			proxy: false,
			// Packing 18 MB of node types for the loopback would only cost both sides time.
			decompress: false,
			headers: { 'accept-encoding': 'identity' },
			validateStatus: () => true,
		});
	}

	/** Makes the owner when n8n has none yet, then logs in. */
	async signIn({ email, password }: Owner): Promise<void> {
		const settings = await this.get<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
			'/rest/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			const owner = { email, password, firstName: 'Workflow', lastName: 'Owner' };
			await this.post('/rest/owner/setup', owner);
		}
		const answer = await this.http.post('/rest/login', { emailOrLdapLoginId: email, password });
		const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
		const session = cookies.find((cookie) => cookie?.startsWith(`${COOKIE}=`));
		if (!session) {
			throw new Error(
				`Could not log in to n8n as ${email}: ${answer.status} ${JSON.stringify(answer.data)}. ` +
					'Does this user folder belong to another owner?',
			);
		}
		this.session = session.slice(COOKIE.length + 1);
	}

	/** For a browser, e.g. Playwright's addCookies. */
	get cookie(): { name: string; value: string; url: string } {
		return { name: COOKIE, value: this.session, url: this.url };
	}

	async get<T>(path: string, params?: Record<string, unknown>): Promise<T> {
		return await this.request<T>('GET', path, { params });
	}

	async post<T>(path: string, data: unknown = {}, headers?: Record<string, string>): Promise<T> {
		return await this.request<T>('POST', path, { data, headers });
	}

	async patch<T>(path: string, data: unknown): Promise<T> {
		return await this.request<T>('PATCH', path, { data });
	}

	async delete(path: string): Promise<void> {
		await this.request('DELETE', path, {});
	}

	/** @throws with n8n's own message when it answers anything but 2xx. */
	private async request<T>(
		method: Method,
		url: string,
		more: { params?: unknown; data?: unknown; headers?: Record<string, string> },
	): Promise<T> {
		const headers = {
			...more.headers,
			...(this.session && { cookie: `${COOKIE}=${this.session}` }),
		};
		const { status, data } = await this.http.request({ method, url, ...more, headers });
		if (status >= 200 && status < 300) return (data?.data ?? data) as T;
		const message: unknown = data?.message ?? data;
		throw new Error(
			`n8n answered ${method} ${url} with ${status}: ${typeof message === 'string' ? message : JSON.stringify(message)}`,
		);
	}
}
