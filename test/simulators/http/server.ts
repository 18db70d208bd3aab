import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

export interface RunningServer {
	/** e.g. http://127.0.0.1:4001, without a trailing slash */
	url: string;
	close: () => Promise<void>;
}

/** An Express app that keeps every body as raw bytes in `req.body`, so that routes parse and check it themselves. */
export function rawBodyApp(): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use(express.raw({ type: () => true, limit: '20mb' }));
	return app;
}

/** Listens on loopback only; port 0 picks a free one. */
export async function listen(app: Express, port = 0): Promise<RunningServer> {
	const server: Server = createServer(app);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: actual } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${actual}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
