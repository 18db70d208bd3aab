import { listen, rawBodyApp } from '../http/server';

export interface ReceivedWebhook {
	body: string;
	headers: Record<string, string | string[] | undefined>;
}

export interface WebhookReceiver {
	readonly url: string;
	readonly received: ReceivedWebhook[];
	/** Status of the next answers; null never answers. */
	status: number | null;
	close(): Promise<void>;
}

/** Takes deliveries and answers as told. */
export async function startReceiver(): Promise<WebhookReceiver> {
	const app = rawBodyApp();
	const received: ReceivedWebhook[] = [];
	app.post('/hook', (req, res) => {
		const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
		received.push({ body, headers: { ...req.headers } });
		if (receiver.status !== null) res.status(receiver.status).end();
	});
	const server = await listen(app);
	const receiver: WebhookReceiver = {
		url: `${server.url}/hook`,
		received,
		status: 200,
		close: server.close,
	};
	return receiver;
}
