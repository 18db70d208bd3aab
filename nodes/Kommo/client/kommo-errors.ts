/** Kommo's refusals in words for ops people. */
import { idAt, numberAt, stringAt } from '../../core/json';
import { ApiError, type HttpRequest, type HttpResponse } from '../../http/http';
import { validationFailures, type ValidationFailure } from './validation-failures';

/** Kommo did not accept the values of a request; nothing of that request was written. */
export class KommoValidationError extends ApiError {
	constructor(
		message: string,
		details: ApiError['details'],
		readonly failures: readonly ValidationFailure[],
	) {
		super(message, details);
	}

	/** The part that is about one item of the batch. */
	forItem(item: number): KommoValidationError {
		const own = this.failures.filter((failure) => failure.item === item);
		return own.length === 0 ? this : describe(own, this.details);
	}
}

/** The error for an answer that is not 2xx. */
export function kommoError(request: HttpRequest, response: HttpResponse): ApiError {
	if (response.status === 400) {
		const failures = validationFailures(response.body, request.json);
		if (failures.length > 0) return describe(failures, detailsOf(response));
	}
	const { message, hint, code } = explain(request, response);
	return new ApiError(message, { ...detailsOf(response), hint, ...(code ? { code } : {}) });
}

/** Kommo has asked for a pause that is too long to wait for. */
export function pauseError(pauseMs: number): ApiError {
	const minutes = Math.ceil(pauseMs / 60_000);
	return new ApiError(`Kommo takes no requests from this server for another ${minutes} min.`, {
		status: 429,
		hint: 'It received too many requests. Run fewer workflows at the same time, or try again later; Kommo blocks servers that keep asking.',
	});
}

interface Explanation {
	message: string;
	hint?: string;
	code?: string;
}

function explain(request: HttpRequest, { status, body }: HttpResponse): Explanation {
	const said = stringAt(body, 'detail') ?? stringAt(body, 'hint') ?? stringAt(body, 'title');
	const quoted = said === null ? '' : `: ${said}`;
	switch (status) {
		case 401:
			return {
				message: 'Kommo does not accept the access token.',
				hint: 'It is wrong, has expired or was revoked. Create a new long-lived token in Kommo (Settings, Integrations, your private integration, Keys and scopes) and put it into the credential. Check that the account address in the credential belongs to the same account.',
			};
		case 402:
			return {
				message: 'The Kommo account is not paid for, or the trial has ended.',
				hint: 'Kommo answers API calls only for accounts with an active plan. Check Settings, Billing in Kommo.',
			};
		case 403:
			return typeof body === 'string'
				? {
						message: 'Kommo blocks requests from this server.',
						hint: 'The server address was blocked after too many requests, or the account allows only certain IP addresses. Stop the workflows for a while, and check the IP allow list in the Kommo security settings.',
						code: 'ip-blocked',
					}
				: {
						message: `The access token is not allowed to do this${quoted}.`,
						hint: 'Users, custom fields and webhooks need the token of an administrator, and the integration needs the scope for CRM data.',
						code: 'scope',
					};
		case 404:
			return {
				message: `Kommo found nothing at ${request.method} ${request.path}${quoted}.`,
				hint: 'The record may have been deleted. If this happens for every operation, check the account address in the credential.',
			};
		case 405:
			return { message: `Kommo does not offer ${request.method} ${request.path}.` };
		case 422:
			return {
				message: `Kommo could not process the request${quoted}.`,
				hint: 'Send fewer items at once, or check the values.',
			};
		case 429:
			return {
				message: 'Kommo received too many requests from this server.',
				hint: 'Run fewer workflows at the same time, or try again later; Kommo blocks servers that keep asking.',
			};
		default:
			return status >= 500
				? {
						message: `Kommo is not available at the moment (${status})${quoted}.`,
						hint:
							request.method === 'GET'
								? 'Try again later.'
								: 'Whether the change was made is not known. Look at the record in Kommo before running this again.',
					}
				: { message: `Kommo refused the request (${status})${quoted}.` };
	}
}

/** @param details those of the answer; code, parameter and hint follow from the failures */
function describe(
	failures: readonly ValidationFailure[],
	details: ApiError['details'],
): KommoValidationError {
	const sentences = [...new Set(failures.map(sentenceOf))];
	const [first] = failures;
	return new KommoValidationError(
		sentences.join(' '),
		{
			...details,
			code: first?.code ?? null,
			parameter: first?.customField ?? first?.path ?? null,
			hint: details.hint ?? hintFor(failures),
		},
		failures,
	);
}

function sentenceOf({ code, customField, path, value, detail }: ValidationFailure): string {
	const given = value === undefined || typeof value === 'object' ? '' : ` "${String(value)}"`;
	if (customField !== null) {
		if (path?.endsWith('.field_id') || path?.endsWith('.field_code')) {
			return `There is no custom field ${customField} in this Kommo account.`;
		}
		return code === 'NotSupportedChoice'
			? `${given.trim() || 'The value'} is not an option of custom field ${customField}.`
			: `Custom field ${customField} does not take${given || ' the value'}: ${detail}`;
	}
	if (path === null) return asSentence(detail);
	const name = FIELD_NAMES[path] ?? path;
	if (code === 'FieldMissing') return `The ${name} is missing.`;
	if (code === 'NotSupportedChoice') return `Kommo does not know the ${name}${given}.`;
	return `Kommo does not take the ${name}${given}: ${detail}`;
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
	id: 'record with the ID',
	status_id: 'stage',
	pipeline_id: 'pipeline',
	responsible_user_id: 'user',
	entity_id: 'record',
	loss_reason_id: 'loss reason',
	task_type_id: 'task type',
	complete_till: 'due date',
	'params.text': 'note text',
};

function hintFor(failures: readonly ValidationFailure[]): string {
	if (failures.some(({ detail }) => /loss reason/i.test(detail))) {
		return 'Move the lead to Closed – lost first, then set the loss reason.';
	}
	if (failures.some(({ customField }) => customField !== null)) {
		return 'Nothing was written. Choose the field again in the node; its options and type are shown there.';
	}
	return 'Nothing was written. Check the values of this item.';
}

function asSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

function detailsOf(response: HttpResponse): ApiError['details'] {
	return {
		status: response.status,
		requestId: response.headers['x-request-id'] ?? idAt(response.body, 'trace_id'),
		code: null,
	};
}

/** Seconds Kommo asks to wait, from the body of a 429 (it documents no header). */
export function retryAfterSeconds(body: unknown): number | null {
	return numberAt(body, 'retry_after');
}
