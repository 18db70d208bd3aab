import type { Request, RequestHandler, Response } from 'express';
import { invalid, StripeError } from './stripe-error';

interface Remembered {
	fingerprint: string;
	/** When the first request came (ms). */
	at: number;
	/** Set as soon as the work is done; the key stays in use until the answer has left. */
	answer: { status: number; body: string; requestId: string } | null;
	running: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * `Idempotency-Key`: the first status and body are replayed, 500s included.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class IdempotencyKeys {
	private readonly keys = new Map<string, Remembered>();

	constructor(private readonly now: () => number) {}

	/** Keys may be pruned once they are 24 hours old. */
	private find(key: string): Remembered | undefined {
		const found = this.keys.get(key);
		if (found && !found.running && this.now() - found.at >= DAY_MS) {
			this.keys.delete(key);
			return undefined;
		}
		return found;
	}

	middleware(): RequestHandler {
		return (req, res, next) => {
			const key = req.headers['idempotency-key'];
			if (req.method !== 'POST' || typeof key !== 'string') return next();
			if (key.length > 255) {
				return next(invalid('Idempotency keys may have up to 255 characters.'));
			}
			res.setHeader('Idempotency-Key', key);
			const known = this.find(key);
			if (!known) {
				this.remember(key, req, res);
				return next();
			}
			try {
				this.replay(known, req, res);
			} catch (error) {
				next(error);
			}
		};
	}

	private replay(known: Remembered, req: Request, res: Response): void {
		if (known.fingerprint !== fingerprint(req)) {
			throw new StripeError(400, {
				type: 'idempotency_error',
				message:
					'Keys for idempotent requests can only be used with the same parameters they were first used with.',
			});
		}
		if (known.running || !known.answer) {
			throw new StripeError(409, {
				type: 'idempotency_error',
				code: 'idempotency_key_in_use',
				message: 'There is currently another in-progress request using this Idempotency Key.',
			});
		}
		res.setHeader('Idempotent-Replayed', 'true');
		res.setHeader('Original-Request', known.answer.requestId);
		res.type('application/json').status(known.answer.status).send(known.answer.body);
	}

	private remember(key: string, req: Request, res: Response): void {
		const entry: Remembered = {
			fingerprint: fingerprint(req),
			at: this.now(),
			answer: null,
			running: true,
		};
		this.keys.set(key, entry);
		const send = res.send.bind(res);
		res.send = (body: unknown) => {
			if (res.locals['executionBegan'] === true || res.statusCode >= 500) {
				entry.answer ??= {
					status: res.statusCode,
					body: String(body),
					requestId: String(res.getHeader('Request-Id')),
				};
			}
			return send(body);
		};
		res.once('close', () => {
			entry.running = false;
			if (!entry.answer) this.keys.delete(key);
		});
	}
}

function fingerprint(req: Request): string {
	const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
	return `${req.path}\n${body}`;
}
