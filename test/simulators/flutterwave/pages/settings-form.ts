import type { Request, Response, Router } from 'express';
import { html, type Html } from '../../http/html';
import type { DashboardSettings } from '../dashboard';
import type { Simulation } from '../simulation';

type Box = Exclude<keyof DashboardSettings, 'webhookUrl' | 'secretHash'>;

/** The real dashboard's words. */
const BOXES: Record<Box, string> = {
	json: 'Receive webhook response in JSON format',
	retries: 'Enable webhook retries',
	v3Webhooks: 'Enable v3 webhooks',
	resend: 'Enable resend webhook from the dashboard',
	addMeta: 'Add meta to webhook',
	failedWebhooks: 'Enable webhook for failed transactions',
	refundWebhooks: 'Enable webhook for refunds',
};

export function settingsRoutes(router: Router, { dashboard }: Simulation): void {
	router.post('/dashboard/settings', (req: Request, res: Response) => {
		const form = req.body as Record<string, string>;
		const url = (form['webhookUrl'] ?? '').trim();
		if (url !== '' && !URL.canParse(url)) throw new Error(`"${url}" is not a URL.`);
		dashboard.webhookUrl = url;
		dashboard.secretHash = form['secretHash'] ?? '';
		for (const box of Object.keys(BOXES) as Box[]) dashboard[box] = form[box] === 'on';
		res.redirect(303, '/');
	});
}

export function settingsForm({ dashboard }: Simulation): Html {
	return html`<form method="post" action="/dashboard/settings">
		<label>URL<input name="webhookUrl" type="url" value="${dashboard.webhookUrl}" /></label>
		<label>Secret hash<input name="secretHash" value="${dashboard.secretHash}" /></label>
		${(Object.keys(BOXES) as Box[]).map(
			(box) =>
				html`<div class="row">
					<input type="checkbox" name="${box}" id="${box}" ${dashboard[box] && 'checked'} />
					<label for="${box}">${BOXES[box]}</label>
				</div>`,
		)}
		<br /><button>Save</button>
	</form>`;
}
