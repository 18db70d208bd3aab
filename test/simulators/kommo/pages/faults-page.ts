import type { Faults } from '../../http/faults';
import { html, type Html } from '../../http/html';
import type { EventSender } from '../event-sender';
import { refusal } from '../fault-presets';
import type { RateLimit } from '../rate-limit';

interface FaultTargets {
	faults: Faults;
	events: EventSender;
	rateLimit: RateLimit;
}

type FaultAction = (targets: FaultTargets, times: number) => void;

/** What the buttons do, in the order they are shown. */
const ACTIONS: Record<string, { label: string; run: FaultAction }> = {
	tooMany: {
		label: 'Answer 429',
		run: ({ faults }, times) => faults.add({ ...refusal(429), times }),
	},
	error: {
		label: 'Answer 500',
		run: ({ faults }, times) => faults.add({ ...refusal(500), times }),
	},
	unpaid: {
		label: 'Answer 402',
		run: ({ faults }, times) => faults.add({ ...refusal(402), times }),
	},
	blocked: {
		label: 'Answer 403',
		run: ({ faults }, times) => faults.add({ ...refusal(403), times }),
	},
	timeout: {
		label: 'Time out',
		run: ({ faults }, times) => faults.add({ kind: 'hang', times }),
	},
	slow: {
		label: 'Answer 3 s late',
		run: ({ faults }, times) => faults.add({ kind: 'delay', ms: 3000, times }),
	},
	drop: {
		label: 'Drop before the work',
		run: ({ faults }, times) => faults.add({ kind: 'drop', times }),
	},
	dropAfter: {
		label: 'Drop after the work',
		run: ({ faults }, times) => faults.add({ kind: 'dropAfter', times }),
	},
	clear: {
		label: 'Clear API faults',
		run: ({ faults, rateLimit }) => {
			faults.clear();
			rateLimit.unblock();
		},
	},
	duplicate: {
		label: 'Send webhooks twice',
		run: ({ events }) => void (events.deliveries.copies = 2),
	},
	single: {
		label: 'Send webhooks once',
		run: ({ events }) => void (events.deliveries.copies = 1),
	},
	hold: { label: 'Hold webhooks back', run: ({ events }) => events.deliveries.hold() },
	release: {
		label: 'Send held webhooks in reverse',
		run: ({ events }) => events.deliveries.releaseReversed(),
	},
	lose: {
		label: 'Lose webhooks',
		run: ({ events }) => void (events.deliveries.losing = true),
	},
	keep: {
		label: 'Stop losing webhooks',
		run: ({ events }) => void (events.deliveries.losing = false),
	},
};

/** @returns false when there is no such action */
export function runFaultAction(targets: FaultTargets, name: string, times: number): boolean {
	const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
	action?.run(targets, times);
	return action !== undefined;
}

export function faultsPage({ faults, events, rateLimit }: FaultTargets): Html {
	const { deliveries } = events;
	const active = faults.list.filter(({ left }) => left > 0);
	return html`
		<h1>Faults</h1>
		<div class="panel">
			<form method="post" action="/faults">
				<label>Next <input name="times" value="1" size="3" /> API requests:</label>
				${Object.entries(ACTIONS).map(
					([name, { label }]) =>
						html`<button class="quiet" name="action" value="${name}">${label}</button>`,
				)}
			</form>
			<h2>Active</h2>
			<ul>
				${active.map(
					(fault) =>
						html`<li>
							${fault.kind}${fault.kind === 'answer' && ` ${fault.status}`}, ${fault.left} left
						</li>`,
				)}
				${rateLimit.blocked && html`<li>address blocked after too many requests</li>`}
				${deliveries.copies > 1 && html`<li>webhooks are sent ${deliveries.copies} times</li>`}
				${deliveries.losing && html`<li>webhooks are lost</li>`}
			</ul>
		</div>
		<div class="panel">
			<h2>Latest webhook deliveries</h2>
			<table>
				<tr>
					<th>Destination</th>
					<th>Attempt</th>
					<th>Answer</th>
				</tr>
				${deliveries.attempts
					.slice(-15)
					.reverse()
					.map(
						({ url, attempt, status }) =>
							html`<tr>
								<td>${url}</td>
								<td>${attempt}</td>
								<td>${status === 0 ? 'none' : status}</td>
							</tr>`,
					)}
			</table>
		</div>
	`;
}
