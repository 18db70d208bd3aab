import type Stripe from 'stripe';
import { newProduct } from '../objects/price';
import type { Simulation } from '../simulation';
import type { Wire } from '../wire';
import { makePrice, type PriceData } from './line-items';
import { toMetadata } from './metadata';
import { onlyKeys, PAGING } from './parameters';
import { route, type Route } from './router';

/** Products and prices: https://docs.stripe.com/api/products, https://docs.stripe.com/api/prices */
export function catalogueRoutes(simulation: Simulation): Route[] {
	const { products, prices } = simulation.store;
	return [
		route<Wire<Stripe.ProductCreateParams>>(
			'POST',
			'/v1/products',
			'POST /v1/products',
			({ input }) => products.add(newProduct(simulation, input)),
		),
		route('GET', '/v1/products', onlyKeys({ ...PAGING, active: 'boolean' }), ({ input }) =>
			products.page('/v1/products', input),
		),
		route('GET', '/v1/products/:id', onlyKeys({}), ({ id }) => products.get(id)),
		route<Wire<Stripe.PriceCreateParams>>('POST', '/v1/prices', 'POST /v1/prices', ({ input }) => {
			const price = makePrice(simulation, input as PriceData, '');
			return Object.assign(price, {
				metadata: toMetadata(input.metadata),
				nickname: input.nickname ?? null,
				lookup_key: input.lookup_key ?? null,
			});
		}),
		route(
			'GET',
			'/v1/prices',
			onlyKeys({ ...PAGING, active: 'boolean', product: 'string' }),
			({ input }) =>
				prices.page(
					'/v1/prices',
					input,
					({ product }) => input['product'] === undefined || product === input['product'],
				),
		),
		route('GET', '/v1/prices/:id', onlyKeys({}), ({ id }) => prices.get(id)),
	];
}
