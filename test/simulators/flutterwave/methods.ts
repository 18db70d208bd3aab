/** What a payer can pay with, by its name in `payment_options`. */
export type PaymentMethod =
	| 'card'
	| 'account'
	| 'banktransfer'
	| 'ussd'
	| 'mpesa'
	| 'mobilemoneyghana'
	| 'mobilemoneyuganda'
	| 'mobilemoneyrwanda'
	| 'mobilemoneyzambia'
	| 'mobilemoneytanzania'
	| 'mobilemoneymalawi'
	| 'mobilemoneyfranco';

interface MethodFacts {
	label: string;
	/** `payment_type` of the API and of v3 webhooks. */
	paymentType: string;
	/** The literal key `event.type` of webhooks. */
	eventType: string;
	authModel: string;
	narration: string;
	/** Where it is offered; everywhere when left out. */
	currencies?: string[];
	refundStatus: string;
}

/** Seen in deliveries: card, bank transfer, USSD, M-Pesa, Ghana, francophone. The rest follows their pattern. */
export const METHODS: Record<PaymentMethod, MethodFacts> = {
	card: {
		label: 'Card',
		paymentType: 'card',
		eventType: 'CARD_TRANSACTION',
		authModel: 'PIN',
		narration: 'CARD Transaction ',
		refundStatus: 'completed',
	},
	account: {
		label: 'Bank account',
		paymentType: 'account',
		eventType: 'ACCOUNT_TRANSACTION',
		authModel: 'AUTH',
		narration: 'Simulated merchant',
		currencies: ['NGN', 'GBP', 'EUR'],
		refundStatus: 'completed',
	},
	banktransfer: {
		label: 'Bank transfer',
		paymentType: 'bank_transfer',
		eventType: 'BANK_TRANSFER_TRANSACTION',
		authModel: 'AUTH',
		narration: 'Simulated merchant',
		currencies: ['NGN', 'GHS'],
		refundStatus: 'completed-bank-transfer',
	},
	ussd: {
		label: 'USSD',
		paymentType: 'ussd',
		eventType: 'USSD_TRANSACTION',
		authModel: 'USSD',
		narration: 'Simulated merchant',
		currencies: ['NGN'],
		refundStatus: 'completed',
	},
	mpesa: {
		label: 'M-Pesa',
		paymentType: 'mpesa',
		eventType: 'MPESA_TRANSACTION',
		authModel: 'LIPA_MPESA',
		narration: 'FLW-PBF MPESA Transaction',
		currencies: ['KES'],
		refundStatus: 'completed-momo',
	},
	mobilemoneyghana: mobileMoney('Ghana', 'gh', ['GHS']),
	mobilemoneyuganda: mobileMoney('Uganda', 'ug', ['UGX']),
	mobilemoneyrwanda: mobileMoney('Rwanda', 'rw', ['RWF']),
	mobilemoneyzambia: mobileMoney('Zambia', 'zm', ['ZMW']),
	mobilemoneytanzania: mobileMoney('Tanzania', 'tz', ['TZS']),
	mobilemoneymalawi: mobileMoney('Malawi', 'mw', ['MWK']),
	mobilemoneyfranco: mobileMoney('francophone', 'sn', ['XAF', 'XOF']),
};

export function isMethod(name: string): name is PaymentMethod {
	return Object.hasOwn(METHODS, name);
}

/**
 * What a page offers: the options asked for, without those the currency does not have ("silently hidden").
 * @param options `payment_options`, separated by commas and spaces; empty for all
 */
export function offeredMethods(currency: string, options: string): PaymentMethod[] {
	const asked = options.split(/[\s,]+/).filter((option) => option !== '');
	return (Object.keys(METHODS) as PaymentMethod[]).filter(
		(method) =>
			(METHODS[method].currencies?.includes(currency) ?? true) &&
			(asked.length === 0 || asked.includes(method)),
	);
}

function mobileMoney(place: string, suffix: string, currencies: string[]): MethodFacts {
	return {
		label: `Mobile money (${place})`,
		paymentType: `mobilemoney${suffix}`,
		eventType: `MOBILEMONEY${suffix.toUpperCase()}_TRANSACTION`,
		authModel: 'MOBILEMONEY',
		narration: 'Simulated merchant',
		currencies,
		refundStatus: 'completed-momo',
	};
}
