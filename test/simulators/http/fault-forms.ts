import type { Request, Response, Router } from 'express';
import type { Deliveries } from './deliveries';
import type { Fault, FaultKind, Faults } from './faults';
import { html, type Html } from './html';

type Form = Record<string, string>;

/** A button of the dashboard that turns something over. */
export interface Switch {
	/** What the button says now. */
	label: () => string;
	flip: () => void;
}

/** What the dashboard of one simulated gateway lets a person break. */
export interface FaultDesk {
	faults: Faults;
	deliveries: Deliveries;
	/** What API requests may meet, by the name shown. */
	choices: Record<string, FaultKind>;
	/** Where the switches are posted to. */
	switchPath: string;
	/** The page to go back to. */
	home: string;
	/** Switches besides those for webhooks, by the name posted. */
	switches?: Record<string, Switch>;
}

/** What may happen to a request whatever the gateway. */
export const CONNECTION_FAULTS: Record<string, FaultKind> = {
	'no answer (timeout)': { kind: 'hang' },
	'connection dropped before the work': { kind: 'drop' },
	'connection dropped after the work': { kind: 'dropAfter' },
	'answer 5 s late': { kind: 'delay', ms: 5000 },
};

/** Takes what {@link faultForms} post. */
export function faultRoutes(router: Router, desk: FaultDesk): void {
	const { faults, choices, home } = desk;
	const switches = allSwitches(desk);
	router.post('/dashboard/fault', (req: Request, res: Response) => {
		const { fault = '', times = '' } = req.body as Form;
		const kind = choices[fault];
		if (kind) faults.add({ ...kind, times: Number(times) || undefined } as Fault);
		else faults.clear();
		res.redirect(303, home);
	});
	router.post(desk.switchPath, (req: Request, res: Response) => {
		const { what = '' } = req.body as Form;
		if (Object.hasOwn(switches, what)) switches[what]?.flip();
		res.redirect(303, home);
	});
}

/** The forms that set faults for API requests and switch what happens to webhooks. */
export function faultForms(desk: FaultDesk): Html {
	return html`<form method="post" action="/dashboard/fault" class="row">
			<select name="fault">
				${Object.keys(desk.choices).map((name) => html`<option>${name}</option>`)}
			</select>
			<input name="times" value="1" size="3" aria-label="times" />
			<button>Let API requests meet it</button>
			<button class="quiet" name="fault" value="none">Clear</button>
			<span class="soft">${desk.faults.list.filter(({ left }) => left > 0).length} set</span>
		</form>
		<br />
		<form method="post" action="${desk.switchPath}" class="row">
			${Object.entries(allSwitches(desk)).map(
				([name, { label }]) =>
					html`<button class="quiet" name="what" value="${name}">${label()}</button> `,
			)}
		</form>`;
}

function allSwitches({ deliveries, switches }: FaultDesk): Record<string, Switch> {
	return {
		duplicate: {
			label: () => (deliveries.copies > 1 ? 'Stop sending webhooks twice' : 'Send webhooks twice'),
			flip: () => void (deliveries.copies = deliveries.copies > 1 ? 1 : 2),
		},
		lose: {
			label: () => (deliveries.losing ? 'Stop losing webhooks' : 'Lose webhooks'),
			flip: () => void (deliveries.losing = !deliveries.losing),
		},
		hold: { label: () => 'Hold webhooks back', flip: () => deliveries.hold() },
		release: {
			label: () => 'Send held webhooks in reverse',
			flip: () => deliveries.releaseReversed(),
		},
		...switches,
	};
}
