import type { Request, Response, Router } from 'express';
import { html, type Html } from '../../http/html';
import type { Settings } from '../settings';
import type { Simulation } from '../simulation';

type Form = Record<string, string>;

/** What each open question may be answered with; the first is the default. */
const CHOICES: { [Name in keyof Settings]?: Array<Settings[Name]> } = {
	duplicateTxRef: ['accept', 'refuse'],
	notFoundStatus: [400, 404, 200],
	byReference: ['newest', 'oldest', 'successful'],
	redirectStatus: ['successful', 'completed'],
	renewalTxRef: ['new', 'same'],
	paidLinksStayOpen: [false, true],
	maskTestEmails: [true, false],
};

/** Takes what {@link questionForm} posts. */
export function questionRoutes(router: Router, { settings }: Simulation): void {
	router.post('/dashboard/questions', (req: Request, res: Response) => {
		for (const [name, text] of Object.entries(req.body as Form)) {
			const choices: unknown[] = Object.hasOwn(CHOICES, name)
				? (CHOICES[name as keyof Settings] ?? [])
				: [];
			const choice = choices.find((candidate) => String(candidate) === text);
			if (choice !== undefined) Object.assign(settings, { [name]: choice });
		}
		res.redirect(303, '/');
	});
}

/** The form that settles what is not known about the real gateway. */
export function questionForm({ settings }: Simulation): Html {
	return html`<h2>What is not established about Flutterwave</h2>
		<form method="post" action="/dashboard/questions">
			${Object.entries(CHOICES).map(
				([name, choices]) =>
					html`<label
						>${name}
						<select name="${name}">
							${choices.map(
								(choice) =>
									html`<option ${settings[name as keyof Settings] === choice && 'selected'}>
										${String(choice)}
									</option>`,
							)}
						</select></label
					>`,
			)}
			<button>Set</button>
		</form>`;
}
