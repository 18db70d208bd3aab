import type { NextFunction, Request, RequestHandler, Response } from 'express';

export type FaultKind =
	/** Answer with a status and body instead of doing the work. */
	| { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Do the work, then answer this instead (`ms` later): the caller cannot know that it was done. */
	| { kind: 'answerAfter'; status: number; body?: unknown; ms?: number }
	/** Drop the connection before the work is done. */
	| { kind: 'drop' }
	/** Do the work, then drop the connection instead of answering. */
	| { kind: 'dropAfter' }
	/** Do the work, but hold the answer back for this many milliseconds. */
	| { kind: 'delay'; ms: number }
	/** Never answer. */
	| { kind: 'hang' };

export type Fault = FaultKind & {
	method?: string;
	/** Which paths it strikes (without query); all when left out. */
	path?: RegExp;
	/** How many requests it strikes before it is used up; unlimited when left out. */
	times?: number;
	/** Share of matching requests that are struck, 0 to 1; all when left out. */
	ratio?: number;
};

/** Faults a test or a person switches on; the first one that matches a request strikes. */
export class Faults {
	/** How many requests were struck so far. */
	struck = 0;
	/** Source of numbers in [0, 1), so that a run can be seeded. */
	random: () => number = Math.random;
	private active: Array<Fault & { left: number }> = [];

	add(fault: Fault): void {
		this.active.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
	}

	clear(): void {
		this.active = [];
	}

	get list(): ReadonlyArray<Fault & { left: number }> {
		return this.active;
	}

	middleware(): RequestHandler {
		return (req: Request, res: Response, next: NextFunction) => {
			const fault = this.take(req.method, req.path);
			if (!fault) return next();
			switch (fault.kind) {
				case 'answer':
					for (const [name, value] of Object.entries(fault.headers ?? {}))
						res.setHeader(name, value);
					res.status(fault.status);
					return typeof fault.body === 'string' ? res.send(fault.body) : res.json(fault.body ?? {});
				case 'drop':
					return req.socket.destroy();
				case 'hang':
					return undefined;
				case 'dropAfter':
					res.end = (() => {
						req.socket.destroy();
						return res;
					}) as typeof res.end;
					return next();
				case 'answerAfter': {
					const end = res.end.bind(res);
					res.end = (() => {
						const text = JSON.stringify(fault.body ?? {});
						res.statusCode = fault.status;
						res.setHeader('Content-Type', 'application/json; charset=utf-8');
						res.setHeader('Content-Length', Buffer.byteLength(text));
						setTimeout(() => end(text), fault.ms ?? 0);
						return res;
					}) as typeof res.end;
					return next();
				}
				case 'delay': {
					const end = res.end.bind(res) as (...args: unknown[]) => Response;
					res.end = ((...args: unknown[]) => {
						setTimeout(() => end(...args), fault.ms);
						return res;
					}) as typeof res.end;
					return next();
				}
			}
		};
	}

	private take(method: string, path: string): Fault | undefined {
		const hit = this.active.find(
			(fault) =>
				fault.left > 0 &&
				(fault.method === undefined || fault.method === method) &&
				(fault.path === undefined || fault.path.test(path)) &&
				(fault.ratio === undefined || this.random() < fault.ratio),
		);
		if (!hit) return undefined;
		hit.left -= 1;
		this.struck += 1;
		return hit;
	}
}
