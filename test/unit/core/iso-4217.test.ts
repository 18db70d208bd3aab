import { isoExponentOf } from '../../../nodes/core/iso-4217';

describe('decimal places by ISO 4217', () => {
	it.each([
		[0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
		[2, 'EUR USD GBP HUF COP IDR MGA MRU TWD KES NGN TZS ZAR AED'],
		[3, 'BHD IQD JOD KWD LYD OMR TND'],
		[4, 'CLF UYW'],
	])('are %i for %s', (places, codes) => {
		for (const code of codes.split(' '))
			expect([code, isoExponentOf(code)]).toEqual([code, places]);
	});
});
