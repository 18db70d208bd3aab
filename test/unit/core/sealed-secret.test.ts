import { seal, unseal } from '../../../nodes/core/sealed-secret';

const SECRET = 'whsec of the endpoint, ü';
const KEY = 'the API key';

describe('a sealed secret', () => {
	const sealed = seal(SECRET, KEY);
	const parts = sealed.split('.');
	const withPart = (position: number, part: string) => parts.with(position, part).join('.');

	it('is opened with the key it was sealed under', () => {
		expect(unseal(sealed, KEY)).toBe(SECRET);
	});

	it('stays shut with any other key', () => {
		expect(unseal(sealed, `${KEY} `)).toBeNull();
		expect(unseal(sealed, '')).toBeNull();
	});

	it('shows neither the secret nor the key, in no encoding', () => {
		for (const text of [SECRET, KEY]) {
			for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
				expect(sealed).not.toContain(Buffer.from(text).toString(encoding));
			}
		}
	});

	it('never looks the same twice', () => {
		const again = seal(SECRET, KEY).split('.');
		expect(again.filter((part) => parts.includes(part))).toEqual([]);
	});

	it('has a salt of 16 bytes, a nonce of 12 and a tag of 16', () => {
		const sizes = parts.map((part) => Buffer.from(part, 'base64url').length);
		expect(sizes).toEqual([16, 12, 16, Buffer.from(SECRET).length]);
	});

	it.each([0, 1, 2, 3])('stays shut when part %i was changed', (position) => {
		const bytes = Buffer.from(parts[position] ?? '', 'base64url');
		bytes[0] = (bytes[0] ?? 0) ^ 1;
		expect(unseal(withPart(position, bytes.toString('base64url')), KEY)).toBeNull();
	});

	it.each([
		['empty', ''],
		['plain text', SECRET],
		['without its ciphertext', parts.slice(0, 3).join('.')],
		['with a short nonce', withPart(1, 'AAAA')],
		['without a nonce', withPart(1, '')],
		// Node.js would take 4 bytes for a tag, which can be guessed.
		['with a tag cut to 4 bytes', withPart(2, (parts[2] ?? '').slice(0, 6))],
	])('is null for what is %s', (_name, text) => {
		expect(unseal(text, KEY)).toBeNull();
	});

	it('is not made without a key', () => {
		expect(() => seal(SECRET, '')).toThrow('The credential has no key to seal the webhook secret.');
	});

	it('may be of an empty secret', () => {
		expect(unseal(seal('', KEY), KEY)).toBe('');
	});
});
