import { NodeApiError, NodeOperationError, UserError, type INode } from 'n8n-workflow';
import { ApiError, ConnectionError } from '../../../nodes/http/http';
import { CredentialAddressError } from '../../../nodes/http/provider-base-url';
import { toNodeError } from '../../../nodes/http/to-node-error';

const node: INode = {
	id: '1',
	name: 'Acme',
	type: 'acme',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const shown = (error: unknown, itemIndex?: number) =>
	toNodeError(node, error, { service: 'Acme', itemIndex });

describe('an error of a node', () => {
	it.each([
		new NodeApiError(node, { message: 'said by n8n' }),
		new NodeOperationError(node, 'said by us'),
	])('stays as it is when it is one of n8n’s already', (error) => {
		expect(shown(error, 3)).toBe(error);
	});

	describe('of a refusal by the provider', () => {
		it('says what happened, what to do, and which request it was', () => {
			const error = shown(
				new ApiError('Acme refused: too small.', {
					status: 422,
					hint: 'Raise the amount.',
					requestId: 'req_1',
					code: 'amount_too_small',
				}),
				2,
			);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({
				message: 'Acme refused: too small.',
				description: 'Raise the amount. Request id: req_1',
				httpCode: '422',
				context: expect.objectContaining({ itemIndex: 2 }) as unknown,
			});
		});

		it.each([
			[{ hint: 'Wait.' }, 'Wait.'],
			[{ requestId: 'req_1' }, 'Request id: req_1'],
		])('says no more than is known: %j', (details, description) => {
			const error = shown(new ApiError('Refused.', { status: 400, ...details }));
			expect(error.description).toBe(description);
		});

		it.each([401, 403, 404, 429, 500, 503])('%i keeps its own words', (status) => {
			const error = shown(new ApiError('In words for people.', { status, hint: 'Do this.' }));
			expect([error.message, error.description]).toEqual(['In words for people.', 'Do this.']);
		});
	});

	describe('of a provider that gave no answer', () => {
		it('says so, with the cause and what to do', () => {
			const error = shown(new ConnectionError('connect ECONNREFUSED 127.0.0.1:1.'), 1);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({
				message: 'Acme could not be reached',
				description: expect.stringMatching(
					/^connect ECONNREFUSED 127\.0\.0\.1:1\. Check the network .* run this again/,
				) as string,
				context: expect.objectContaining({ itemIndex: 1 }) as unknown,
			});
		});

		it('says what the service wants to be said instead', () => {
			const error = toNodeError(node, new ConnectionError('timeout'), {
				service: 'Acme',
				afterSilence: 'Look before you do it again.',
			});
			expect(error.description).toBe('timeout. Look before you do it again.');
		});
	});

	it('of a user’s mistake keeps its description', () => {
		const error = shown(new UserError('Which lead?', { description: 'Name one.' }), 4);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'Which lead?',
			description: 'Name one.',
			context: expect.objectContaining({ itemIndex: 4 }) as unknown,
		});
	});

	it.each([
		[new Error('The amount must be more than zero.'), 'The amount must be more than zero.'],
		[new CredentialAddressError('Not a host of Acme.'), 'Not a host of Acme.'],
		['a text', 'a text'],
		[undefined, 'undefined'],
	])('of anything else is its message: %p', (cause, message) => {
		const error = shown(cause);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(message);
	});
});
