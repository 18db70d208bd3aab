import { outputItem } from '../../items/each-item';
import type { KommoOperation } from '../../operation';
import { setUpPaymentFields } from '../../payments/set-up-payment-fields';

export const setUpFields: KommoOperation = {
	value: 'setUpFields',
	name: 'Set Up Fields',
	action: 'Set up payment fields',
	description: 'Create the payment fields on leads; what exists already is left as it is',
	properties: [],
	async execute({ kommo }) {
		const report = await setUpPaymentFields(kommo.api);
		kommo.forgetFields();
		return [[outputItem(report, 0)]];
	},
};
