import type { Request, Response } from 'express';
import { html, page, type PageLook } from './html';

/** The fields of a posted form; its body has come as bytes. */
export function readForm(req: Request): Record<string, string> {
	const text = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	return Object.fromEntries(new URLSearchParams(text));
}

/** Answers a form that asked for what cannot be done. */
export function sendNotPossible(res: Response, error: unknown, look: PageLook = {}): void {
	const message = error instanceof Error ? error.message : String(error);
	const body = html`<div class="card">
		<h1>Not possible</h1>
		<p>${message}</p>
	</div>`;
	res.status(409).type('html');
	res.send(page('Not possible', body, { ...look, width: 'narrow' }));
}
