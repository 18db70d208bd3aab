import { paginate } from '../api/paging';
import { created, list, ok, route, type Route } from '../api/router';
import {
	createPrice,
	createProduct,
	type PriceInput,
	type ProductInput,
} from '../entities/catalog';
import type { Simulation } from '../simulation';
import type { Price, Product } from '../wire';

const PAGE = { idOf: ({ id }: { id: string }) => id, defaultPerPage: 50, maxPerPage: 200 };

/** Products and prices. Non-catalog ones (`custom`) are not returned when listing. */
export function catalogRoutes(simulation: Simulation): Route[] {
	const { store } = simulation;
	const priceView = (price: Price, include: string[] | null): object =>
		include?.includes('product')
			? { ...price, product: store.products.get(price.product_id) }
			: price;
	const productView = (product: Product, include: string[] | null): object => {
		if (!include?.includes('prices')) return product;
		const prices = store.prices
			.oldestFirst()
			.filter(({ product_id: of, type }) => of === product.id && type === 'standard');
		return { ...product, prices };
	};
	return [
		route('GET', '/products', ({ query, url }) => {
			const items = store.products
				.oldestFirst()
				.filter(
					({ id, type, status, tax_category: category }) =>
						(query.list('status') ?? ['active']).includes(status) &&
						(query.one('type') ?? 'standard') === type &&
						query.allows('id', id) &&
						query.allows('tax_category', category),
				);
			const page = paginate(items, query, url, PAGE);
			const data = page.data.map((item) => productView(item, query.list('include')));
			return list({ ...page, data });
		}),
		route<ProductInput>('POST', '/products', ({ body }) =>
			created(createProduct(simulation, body)),
		),
		route('GET', '/products/{product_id}', ({ ids, query }) =>
			ok(productView(store.products.get(ids['product_id'] ?? ''), query.list('include'))),
		),
		route('GET', '/prices', ({ query, url }) => {
			const recurring = query.one('recurring');
			const items = store.prices
				.oldestFirst()
				.filter(
					({ id, type, status, product_id: of, billing_cycle: cycle }) =>
						(query.list('status') ?? ['active']).includes(status) &&
						(query.one('type') ?? 'standard') === type &&
						query.allows('id', id) &&
						query.allows('product_id', of) &&
						(recurring === null || String(cycle !== null) === recurring),
				);
			const page = paginate(items, query, url, PAGE);
			return list({
				...page,
				data: page.data.map((item) => priceView(item, query.list('include'))),
			});
		}),
		route<PriceInput>('POST', '/prices', ({ body }) => created(createPrice(simulation, body))),
		route('GET', '/prices/{price_id}', ({ ids, query }) =>
			ok(priceView(store.prices.get(ids['price_id'] ?? ''), query.list('include'))),
		),
	];
}
