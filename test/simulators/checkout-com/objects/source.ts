import { newId } from '../ids';
import type { PaymentSource } from '../wire';

/** The card or account a payment is made with; only cards have details. */
export function newSource(method: string, billingAddress: object): PaymentSource {
	if (method !== 'card') return { id: newId('src'), type: method };
	return {
		id: newId('src'),
		type: 'card',
		billing_address: billingAddress,
		expiry_month: 12,
		expiry_year: 2030,
		scheme: 'VISA',
		last_4: '4242',
		fingerprint: '54710B428R6H190D29087FF265D8F48DF1AD34EDE41C27CBFF9D23C1A14D9876',
		bin: '424242',
		card_type: 'CREDIT',
		card_category: 'CONSUMER',
		issuer: 'MERCHANT UK',
		issuer_country: 'GB',
		product_id: 'F',
		product_type: 'Visa Classic',
		avs_check: 'G',
		cvv_check: 'Y',
	};
}
