export const APPROVED = '10000';
export const DO_NOT_HONOUR = '20005';

/** https://www.checkout.com/docs/developer-resources/codes/api-response-codes */
const SUMMARIES: Record<string, string> = {
	[APPROVED]: 'Approved',
	[DO_NOT_HONOUR]: 'Declined - Do Not Honour',
	'20014': 'Invalid Card Number',
	'20051': 'Insufficient Funds',
	'20054': 'Expired Card',
	'20059': 'Suspected Fraud',
	'20068': 'Canceled',
};

export function responseSummary(code: string): string {
	return SUMMARIES[code] ?? 'Declined';
}
