/** What the editor's dropdowns are filled with. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { credentialOf, gatewayContext } from '../gateways/node/gateway-context';
import { toNodeError } from '../http/to-node-error';
import { paddle } from './gateway';
import { catalogPrices } from './gateway/prices';

export const loadOptions = {
	async getPrices(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		try {
			const live = paddle.isLive(await credentialOf(this, paddle));
			const prices = await catalogPrices(gatewayContext(this, paddle, live));
			return prices.map(({ id, name }) => ({ name, value: id }));
		} catch (error) {
			throw toNodeError(this.getNode(), error, { service: paddle.displayName });
		}
	},
};
