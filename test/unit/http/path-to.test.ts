import { pathTo } from '../../../nodes/http/path-to';

describe('the path of an object', () => {
	it('is made of its collection and its id, and parts after it', () => {
		expect(pathTo('customers', 'ctm_1')).toBe('/customers/ctm_1');
		expect(pathTo('workflows', 'wf_1', 'actions', 'wfa_2')).toBe('/workflows/wf_1/actions/wfa_2');
	});

	it.each(['../refunds', 'a/b', '..%2f', 'a?b=c', 'a#b', '\\..', '...', ' ..'])(
		'keeps %j in one segment',
		(id) => {
			const { pathname } = new URL(pathTo('charges', id), 'https://api.example.com');
			expect(pathname.split('/')).toHaveLength(3);
			expect(pathname).toMatch(/^\/charges\/./);
		},
	);

	it.each(['', '.', '..'])('is not made of %j, which a URL leaves out', (id) => {
		expect(() => pathTo('charges', id)).toThrow('is not an ID');
	});
});
