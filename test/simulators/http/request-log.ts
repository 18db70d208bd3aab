import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** One API request a simulator has answered (or refused). */
export interface LoggedRequest {
	/** Milliseconds since the epoch when the request arrived. */
	at: number;
	method: string;
	/** Path without the query string. */
	path: string;
	query: string;
	headers: Record<string, string | string[] | undefined>;
	/** The exact body as text; '' when there was none. */
	body: string;
	/** HTTP status of the answer, 0 when the connection was dropped. */
	status: number;
}

/** Remembers every API request, so that tests can count calls and read what was sent. */
export class RequestLog {
	readonly entries: LoggedRequest[] = [];

	middleware(): RequestHandler {
		return (req: Request, res: Response, next: NextFunction) => {
			const [path = '', query = ''] = req.originalUrl.split(/\?(.*)/s);
			const entry: LoggedRequest = {
				at: Date.now(),
				method: req.method,
				path,
				query,
				headers: { ...req.headers },
				body: Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '',
				status: 0,
			};
			this.entries.push(entry);
			res.once('finish', () => (entry.status = res.statusCode));
			next();
		};
	}

	/** Requests of one method whose path matches, oldest first. */
	of(method: string, path: RegExp): LoggedRequest[] {
		return this.entries.filter((entry) => entry.method === method && path.test(entry.path));
	}

	clear(): void {
		this.entries.length = 0;
	}
}
