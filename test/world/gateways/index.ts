import type { WorldGateway } from '../world-gateway';
import { startCheckoutComInWorld } from './checkout-com';
import { startFlutterwaveInWorld } from './flutterwave';
import { startPaddleInWorld } from './paddle';
import { startStripeInWorld } from './stripe';

/** Every provider, in the order in which the demo plays them. */
export const WORLD_GATEWAYS: ReadonlyArray<() => Promise<WorldGateway>> = [
	startStripeInWorld,
	startCheckoutComInWorld,
	startPaddleInWorld,
	startFlutterwaveInWorld,
];
