import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { WebhookCall, WebhookSettings } from '../../engine/harness';
import type { TriggerId } from '../matrix';

/** A request as it reaches the trigger's address. */
export interface Attempt {
	method?: string;
	rawBody: Buffer;
	headers: Record<string, string | string[]>;
	query?: Array<[string, string]>;
}

/** What of a signature a sender may do differently. */
export interface SigningOptions {
	secret?: string;
	atMs?: number;
}

export interface ProofOptions {
	/** As it stands in the header; the present one if left out. */
	timestamp?: string;
	/** The key that the signatures stand under, where they stand under one. */
	scheme?: string;
}

/** What the trigger knows, and how it is set. */
export interface DoorSettings {
	/** The current secret; null for none. */
	secret?: string | null;
	previousSecret?: string;
	parameters?: IDataObject;
	workflowId?: string;
	response?: WebhookSettings['response'];
}

/** A trigger's address, with its provider on the other side; the same for all five. */
export interface Door {
	readonly trigger: TriggerId;
	/** What genuine deliveries are signed with. */
	readonly secret: string;
	/** A body that makes one event. */
	readonly body: Buffer;
	/** The body with one more text in it, byte by byte as given. */
	bodyWith(text: Buffer): Buffer;
	/** As the provider sends it. */
	signed(body: Buffer, options?: SigningOptions): Attempt;
	/** One signature, as text. */
	proof(body: Buffer, options?: { secret?: string; timestamp?: string }): string;
	/** Carries these signatures, genuine or not. */
	withProofs(body: Buffer, proofs: readonly string[], options?: ProofOptions): Attempt;
	/** Has the trigger's webhook() called in n8n's engine. */
	send(attempt: Attempt, settings?: DoorSettings): Promise<WebhookCall>;
	/** Runs the execution that a delivery started; the items that the trigger emits. */
	execute(call: WebhookCall, settings?: DoorSettings): Promise<INodeExecutionData[]>;
	/** Forgets what was delivered. */
	reset(): void;
	close(): Promise<void>;
}

/** What came of a delivery. */
export interface Outcome {
	status: number;
	/** Executions started. */
	executions: 0 | 1;
	/** Items emitted, over all of them. */
	events: number;
}

export const ACCEPTED: Outcome = { status: 200, executions: 1, events: 1 };
export const REFUSED = turnedAway(401);

/** Answered so, and nothing starts. */
export function turnedAway(status: number): Outcome {
	return { status, executions: 0, events: 0 };
}

export function inWords({ status, executions, events }: Outcome): string {
	if (executions === 0) return `${status}, no execution`;
	return `${status}, 1 execution, ${events === 1 ? '1 event' : `${events} events`}`;
}

/** Delivers it, and runs what it starts. A throwing webhook() would store a failed execution. */
export async function outcomeOf(
	door: Door,
	attempt: Attempt,
	settings: DoorSettings = {},
): Promise<Outcome> {
	const call = await door.send(attempt, settings);
	if (call.error !== null) throw call.error;
	const items = call.items === null ? [] : await door.execute(call, settings);
	return {
		status: call.status ?? 0,
		executions: call.items === null ? 0 : 1,
		events: items.length,
	};
}
