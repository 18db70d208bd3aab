import { openapi } from '../api/openapi';
import { invalidField, PaddleError } from '../api/paddle-error';
import { ok, route, type Route } from '../api/router';
import { eventTypes } from '../events/event-types';
import { currencies } from '../money';
import type { Simulation } from '../simulation';

/** Newer than the OpenAPI document's list. */
const NEWER_PERMISSIONS = [
	'checkout_settings.read',
	'checkout_settings.write',
	'checkout_domain.read',
];

export const allPermissions = [
	...(openapi.components.schemas['permission']?.['enum'] as string[]),
	...NEWER_PERMISSIONS,
];

const SANDBOX_IPS = [
	'34.194.127.46/32',
	'54.234.237.108/32',
	'3.208.120.145/32',
	'44.226.236.210/32',
	'44.241.183.62/32',
	'100.20.172.113/32',
];

/** Who is calling, what there is, and the settings of the account. */
export function accountRoutes(simulation: Simulation): Route[] {
	const { settings, environment } = simulation;
	const checkoutUrl = (): object => ({ default_url: settings.defaultCheckoutUrl });
	return [
		// https://developer.paddle.com/api-reference/api-root/get-api-root
		route('GET', '/', ({ authenticated }) =>
			ok({
				api: {
					name: 'Paddle API',
					version: '1',
					environment,
					documentation_url: 'https://developer.paddle.com/api-reference/overview',
				},
				caller: {
					auth_type: authenticated ? 'api_key' : null,
					account: authenticated ? { id: '10889', name: 'Simulated seller' } : null,
					permissions: authenticated ? [...(settings.permissions ?? allPermissions)] : [],
				},
			}),
		),
		route('GET', '/event-types', () => ok(eventTypes)),
		route('GET', '/currencies', () => ok(currencies)),
		route('GET', '/ips', () => ok({ ipv4_cidrs: SANDBOX_IPS })),
		route('GET', '/settings/checkout-url', () => ok(checkoutUrl()), {
			permissions: ['checkout_settings.read'],
		}),
		route<{ default_url?: string | null }>(
			'PATCH',
			'/settings/checkout-url',
			({ body }) => {
				if (body.default_url !== undefined) {
					checkDefaultUrl(simulation, body.default_url);
					settings.defaultCheckoutUrl = body.default_url;
				}
				return ok(checkoutUrl());
			},
			{
				permissions: ['checkout_settings.write'],
				body: {
					type: 'object',
					properties: { default_url: { type: ['string', 'null'], minLength: 1, maxLength: 1000 } },
				},
			},
		),
	];
}

/** Must be https at Paddle; plain http is let through for loopback, where tests and the demo live. */
function checkDefaultUrl({ settings }: Simulation, url: string | null): void {
	if (url === null) return;
	if (!URL.canParse(url) || !/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])\S+$/.test(url)) {
		throw invalidField({ field: 'default_url', message: 'must be an https URL' });
	}
	const { hostname } = new URL(url);
	const approved = settings.approvedDomains?.some(
		(domain) => hostname === domain || hostname.endsWith(`.${domain}`),
	);
	if (approved !== false) return;
	throw new PaddleError(
		400,
		'accounts',
		'checkout_url_domain_not_approved',
		"Checkout URL domain isn't approved.",
	);
}
