import nock from 'nock';

/** One request that reached a provider. */
export interface Sent {
	method: string;
	path: string;
	/** Decoded, without the question mark. */
	query: string;
	body: string;
	headers: Record<string, string>;
}

export interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body: object | string;
}

/**
 * Answers like a provider, from a table of `METHOD /path?query` (query decoded, optional) to one body or several
 * answers in turn. A request that is not in the table fails the test that made it.
 * @param host with its protocol
 * @param headers sent with every answer
 * @returns the requests, as they come
 */
export function providerAnswers(
	host: string,
	table: Record<string, object | Answer[]>,
	headers: Record<string, string> = {},
): Sent[] {
	const sent: Sent[] = [];
	const turns = new Map(
		Object.entries(table).map(([key, value]) => [key, areTurns(value) ? [...value] : value]),
	);
	for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
		nock(host)
			.persist()
			.intercept(/.*/, method)
			.reply(function (uri, requestBody) {
				const [path = '', query = ''] = uri.split(/\?(.*)/s);
				const request: Sent = {
					method,
					path,
					query: decodeURIComponent(query.replace(/\+/g, ' ')),
					body: typeof requestBody === 'string' ? requestBody : JSON.stringify(requestBody),
					headers: this.req.headers as unknown as Record<string, string>,
				};
				sent.push(request);
				const answer = answerTo(request, turns);
				return [answer.status ?? 200, answer.body, { ...headers, ...answer.headers }];
			});
	}
	return sent;
}

/** Turns that are used up: an empty list is a body like any other. */
const spent = new WeakSet<object>();

/** Several answers in turn, and not one whose body is a list. */
function areTurns(value: object): value is Answer[] {
	return Array.isArray(value) && value.length > 0 && value.every((item: object) => 'body' in item);
}

function answerTo(request: Sent, turns: Map<string, object | Answer[]>): Answer {
	const exact = `${request.method} ${request.path}?${request.query}`;
	const plain = `${request.method} ${request.path}`;
	const found = turns.get(exact) ?? turns.get(plain);
	if (found !== undefined && !spent.has(found)) {
		if (!areTurns(found)) return { body: found };
		const next = found.shift();
		if (found.length === 0) spent.add(found);
		if (next) return next;
	}
	const message = `The test did not expect ${exact}`;
	return { status: 418, body: { error: { message }, error_codes: [message] } };
}

/** Nothing reaches a network while the tests of a block run; after each nothing is left over. */
export function isolateNetwork(): void {
	beforeAll(() => {
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
	});
	afterEach(() => nock.cleanAll());
	afterAll(() => {
		nock.enableNetConnect();
		nock.restore();
	});
}
