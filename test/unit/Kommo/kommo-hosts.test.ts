import { kommoBaseUrl } from '../../../nodes/Kommo/kommo-hosts';

describe('The address of an account', () => {
	it.each([
		['https://acme.kommo.com', 'https://acme.kommo.com'],
		['acme.kommo.com', 'https://acme.kommo.com'],
		['https://acme.kommo.com/leads/pipeline/1/?skip_filter=Y', 'https://acme.kommo.com'],
		['https://acme.amocrm.ru/', 'https://acme.amocrm.ru'],
		['https://acme.amocrm.com', 'https://acme.amocrm.com'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
	])('is taken from %s', (configured, expected) => {
		expect(kommoBaseUrl(configured)).toBe(expected);
	});

	it.each([
		['', 'has no account address'],
		[undefined, 'has no account address'],
		['http://acme.kommo.com', 'https only'],
		['https://acme.kommo.com.example.com', 'not a host of Kommo'],
		['https://evilkommo.com', 'not a host of Kommo'],
		['https://user@acme.kommo.com', 'user name or password'],
		['https://acme.kommo.com:8443', 'not a host of Kommo'],
	])('is refused for %j before a token is sent there', (configured, message) => {
		expect(() => kommoBaseUrl(configured)).toThrow(message);
	});
});
