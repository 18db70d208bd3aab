/** Names of methods as events carry them, for `payment_type` of verified transactions. */

const NAMES: Readonly<Record<string, string>> = {
	account: 'bank_account',
	applepay: 'apple_pay',
	banktransfer: 'bank_transfer',
	bank_transfer: 'bank_transfer',
	card: 'card',
	googlepay: 'google_pay',
	mpesa: 'mpesa',
	ussd: 'ussd',
};

/** 'card', 'bank_transfer', 'ussd', 'mpesa', 'mobile_money' for every country's; others as Flutterwave names them. */
export function paymentMethod(paymentType: string | null): string | null {
	if (paymentType === null) return null;
	const type = paymentType.trim().toLowerCase();
	if (/^mobile[ _-]?money/.test(type)) return 'mobile_money';
	const name = Object.hasOwn(NAMES, type) ? NAMES[type] : undefined;
	return name ?? (type.replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '') || null);
}
