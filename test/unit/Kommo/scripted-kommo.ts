import { createKommoApi, type KommoApi } from '../../../nodes/Kommo/client/kommo-api';
import type { HttpRequest, HttpResponse } from '../../../nodes/http/http';
import { FakeClock } from './fake-clock';

export type Answer = Partial<HttpResponse> | Error;

export interface ScriptedKommo {
	api: KommoApi;
	clock: FakeClock;
	/** What was sent, in order. */
	sent: HttpRequest[];
}

/** A Kommo that gives prepared answers, one per request, the last one over and over. */
export function scriptedKommo(...answers: Answer[]): ScriptedKommo {
	const clock = new FakeClock();
	const sent: HttpRequest[] = [];
	const api = createKommoApi(async (request) => {
		sent.push(request);
		const answer = answers[Math.min(sent.length, answers.length) - 1];
		if (answer instanceof Error) throw answer;
		return { status: 200, headers: {}, body: '', ...answer };
	}, clock);
	return { api, clock, sent };
}
