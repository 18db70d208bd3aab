import { KommoValidationError, kommoError } from '../../../nodes/Kommo/client/kommo-errors';
import type { HttpRequest } from '../../../nodes/http/http';
import { fixture, fixtureText } from '../../simulators/kommo/fixture-files';

const GET: HttpRequest = { method: 'GET', path: '/api/v4/account' };
const headers = { 'x-request-id': 'req-1' };

const values = (position: number, field: object) => {
	const list: object[] = Array.from({ length: position }, (_none, id) => ({ field_id: id + 1 }));
	return { custom_fields_values: [...list, field] };
};

describe('A refusal by Kommo', () => {
	it.each([
		[401, 'error.401.json', 'does not accept the access token', 'new long-lived token'],
		[402, 'error.402.json', 'not paid for', 'Billing'],
		[403, 'error.403.scope.json', "doesn't have the required scope", 'administrator'],
		[404, 'error.404.route.json', 'found nothing at GET /api/v4/account', 'account address'],
		[405, 'error.405.json', 'does not offer GET /api/v4/account', ''],
		[422, 'error.422.limit.json', 'Limit 250 per page', 'fewer items'],
		[429, 'error.429.json', 'too many requests', 'fewer workflows'],
		[500, 'error.500.json', 'not available at the moment (500)', 'Try again later'],
		[400, 'error.400.empty-body.json', 'Request data can not be empty', ''],
	])('with status %s says what happened and what to do', (status, file, message, hint) => {
		const error = kommoError(GET, { status, headers, body: fixture(file) });
		expect(error.message).toContain(message);
		expect(error.details.hint ?? '').toContain(hint);
		expect(error.details).toMatchObject({ status, requestId: 'req-1' });
	});

	it('tells a blocked server from a missing scope, although both are 403', () => {
		const body = fixtureText('error.403.ip-blocked.txt');
		const error = kommoError(GET, { status: 403, headers, body });
		expect(error.message).toBe('Kommo blocks requests from this server.');
		expect(error.details.code).toBe('ip-blocked');
	});

	it('names the trace id of a server error when there is no request id', () => {
		const error = kommoError(GET, { status: 500, headers: {}, body: fixture('error.500.json') });
		expect(error.details.requestId).toBe('8e9b1e47-1ea4-111f0-a4f9-0031163e1de759');
	});

	it('says after a failed write that the change may have been made', () => {
		const post: HttpRequest = { method: 'POST', path: '/api/v4/leads', json: [{}] };
		const error = kommoError(post, { status: 500, headers, body: '' });
		expect(error.details.hint).toContain('Whether the change was made is not known');
	});
});

describe('A refused value', () => {
	it.each([
		[
			'an option that does not exist, with the field and what was sent',
			'error.400.enum-value.json',
			[values(6, { field_id: 957901, values: [{ value: 'Payed' }] })],
			'"Payed" is not an option of custom field 957901.',
			'957901',
		],
		[
			'a field by its code',
			'error.400.enum-value.json',
			[values(6, { field_code: 'KP_PAYMENT_STATUS', values: [{ value: 'Payed' }] })],
			'"Payed" is not an option of custom field KP_PAYMENT_STATUS.',
			'KP_PAYMENT_STATUS',
		],
		[
			'a key that was not expected',
			'error.400.field-not-expected.json',
			[values(8, { field_id: 7, values: [{ value: 'x', enum_code: null }] })],
			'Custom field 7 does not take the value: This field was not expected.',
			'7',
		],
		[
			'a price in the wrong type',
			'error.400.price-type.json',
			[{ price: '12.5' }],
			'Kommo does not take the price "12.5": This value should be of type int.',
			'price',
		],
		[
			'a note without text',
			'error.400.note-text-missing.json',
			[{ entity_id: 1, note_type: 'common', params: {} }],
			'The note text is missing.',
			'params.text',
		],
		[
			'a loss reason for an open lead, which comes in a form of its own',
			'error.400.loss-reason.json',
			[{ id: 11062353, loss_reason_id: 1 }],
			'Loss reason can be specified only for lost lead.',
			null,
		],
	])('names %s', (_name, file, json, message, parameter) => {
		const request: HttpRequest = { method: 'PATCH', path: '/api/v4/leads', json };
		const error = kommoError(request, { status: 400, headers, body: fixture(file) });
		expect(error).toBeInstanceOf(KommoValidationError);
		expect(error.message).toBe(message);
		expect(error.details.parameter).toBe(parameter);
	});

	it('names every refused value, a missing field in its own words', () => {
		const json = [{ status_id: 'x', custom_fields_values: [{ field_id: 99, values: null }] }];
		const error = kommoError(
			{ method: 'POST', path: '/api/v4/leads', json },
			{ status: 400, headers, body: fixture('error.400.validation.json') },
		);
		expect(error.message).toBe(
			'There is no custom field 99 in this Kommo account. Kommo does not take the stage "x": This value should be of type array.',
		);
	});

	it('is traced to its item by request id, wherever it stands in the batch', () => {
		const json = [
			{ price: 1, request_id: 'a' },
			{ price: '2', request_id: 'b' },
		];
		const body = {
			'validation-errors': [
				{ request_id: 'b', errors: [{ code: 'InvalidType', path: 'price', detail: 'int.' }] },
			],
		};
		const error = kommoError(
			{ method: 'POST', path: '/api/v4/leads', json },
			{ status: 400, headers, body },
		) as KommoValidationError;
		expect(error.failures).toEqual([
			expect.objectContaining({ item: 1, requestId: 'b', path: 'price', value: '2' }),
		]);
	});

	it('can be told apart from those of other items', () => {
		const failure = (id: string, detail: string) => ({
			request_id: id,
			errors: [{ code: 'InvalidType', path: 'price', detail }],
		});
		const error = kommoError(
			{ method: 'POST', path: '/api/v4/leads', json: [{ price: 'x' }, { price: 'y' }] },
			{
				status: 400,
				headers,
				body: { 'validation-errors': [failure('0', 'first.'), failure('1', 'second.')] },
			},
		) as KommoValidationError;
		expect(error.forItem(1).message).toBe('Kommo does not take the price "y": second.');
	});
});
