import type { CurrencyCode } from '@paddle/paddle-node-sdk';

export interface Currency {
	code: CurrencyCode;
	name: string;
	decimal_places: number;
	/** Lowest denomination. Only USD's 0.70 is published; the others are about as much. */
	minimum_payment_amount: string;
	can_be_balance: boolean;
	applicable_countries: string[];
}

/** Codes and names: https://developer.paddle.com/api-reference/currencies/list-currencies */
const TABLE = `
USD|United States Dollar|2|70|US
EUR|Euro|2|70|AT BE DE ES FR IE IT NL PT
GBP|Pound Sterling|2|60|GB
JPY|Japanese Yen|0|105|JP
AUD|Australian Dollar|2|110|AU
CAD|Canadian Dollar|2|100|CA
CHF|Swiss Franc|2|70|CH
HKD|Hong Kong Dollar|2|550|HK
SGD|Singapore Dollar|2|100|SG
SEK|Swedish Krona|2|750|SE
ARS|Argentine Peso|2|70000|AR
BRL|Brazilian Real|2|400|BR
CLP|Chilean Peso|0|650|CL
CNY|Chinese Yuan|2|500|CN
COP|Colombian Peso|2|300000|CO
CZK|Czech Koruna|2|1650|CZ
DKK|Danish Krone|2|500|DK
HUF|Hungarian Forint|2|25000|HU
ILS|Israeli Shekel|2|260|IL
INR|Indian Rupee|2|6000|IN
KRW|South Korean Won|0|950|KR
MXN|Mexican Peso|2|1300|MX
NOK|Norwegian Krone|2|750|NO
NZD|New Zealand Dollar|2|120|NZ
PEN|Peruvian Sol|2|270|PE
PLN|Polish Zloty|2|280|PL
RUB|Russian Ruble|2|6500|RU
THB|Thai Baht|2|2500|TH
TRY|Turkish Lira|2|2400|TR
TWD|New Taiwan Dollar|2|2200|TW
UAH|Ukrainian Hryvnia|2|2900|UA
VND|Vietnamese Dong|0|18000|VN
ZAR|South African Rand|2|1300|ZA`;

const BALANCES = new Set(['AUD', 'CAD', 'EUR', 'GBP', 'USD']);

export const currencies: Currency[] = TABLE.trim()
	.split('\n')
	.map((line) => {
		const [code = '', name = '', places, minimum = '', countries = ''] = line.split('|');
		return {
			code: code as CurrencyCode,
			name,
			decimal_places: Number(places),
			minimum_payment_amount: minimum,
			can_be_balance: BALANCES.has(code),
			applicable_countries: countries.split(' '),
		};
	});

/** @throws Error for a code that is not in Paddle's list */
export function currency(code: string): Currency {
	const found = currencies.find((item) => item.code === code);
	if (!found) throw new Error(`Paddle has no currency ${code}`);
	return found;
}

/** `formatMoney('199900', 'EUR')` → `1999.00 EUR` */
export function formatMoney(minor: string, code: string): string {
	const places = currency(code).decimal_places;
	return `${(Number(minor) / 10 ** places).toFixed(places)} ${code}`;
}

/** `toMinor('19.99', 'EUR')` → `1999` @throws Error when it is no such amount */
export function toMinor(major: string, code: string): string {
	const places = currency(code).decimal_places;
	const [, whole, , fraction = ''] = /^(\d+)(\.(\d+))?$/.exec(major.trim()) ?? [];
	if (whole === undefined || fraction.length > places)
		throw new Error(`${major} is no amount in ${code}`);
	return String(Number(`${whole}${fraction.padEnd(places, '0')}`));
}
