import type { FaultKind } from '../http/faults';
import { addressBlocked, internalError, paymentRequired, tooManyRequests } from './problem';

const PROBLEMS = {
	402: paymentRequired(),
	403: addressBlocked(),
	429: tooManyRequests(),
	500: internalError('8e9b1e47-1ea4-111f0-a4f9-0031163e1de759'),
} as const;

/**
 * A refusal with Kommo's own body, for `faults.add({ ...refusal(429), times: 2 })`:
 * 402 unpaid account, 403 blocked address (plain text), 429 too many requests, 500 internal error.
 */
export function refusal(status: keyof typeof PROBLEMS): FaultKind {
	const { body } = PROBLEMS[status];
	const type = typeof body === 'string' ? 'text/plain' : 'application/problem+json';
	return { kind: 'answer', status, body, headers: { 'content-type': type } };
}
