import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { credentialOf, gatewayContext } from '../gateways/node/gateway-context';
import { toNodeError } from '../http/to-node-error';
import { flutterwave } from './gateway';
import { listPaymentPlans } from './gateway/payment-plans';

/** The account's payment plans for a dropdown; what went wrong is shown in its place. */
export async function getPaymentPlans(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	try {
		const live = flutterwave.isLive(await credentialOf(this, flutterwave));
		const plans = await listPaymentPlans(gatewayContext(this, flutterwave, live));
		return [
			{ name: 'None (One Payment)', value: '' },
			...plans.map(({ id, name, terms }) => ({ name: `${name} (${terms})`, value: id })),
		];
	} catch (error) {
		throw toNodeError(this.getNode(), error, { service: flutterwave.displayName });
	}
}
