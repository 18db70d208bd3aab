import type { GatewayId } from '../../../nodes/core/payment-event';
import type { WorldGateway } from '../world-gateway';
import { startCheckoutComInWorld } from './checkout-com';
import { startFlutterwaveInWorld } from './flutterwave';
import { startPaddleInWorld } from './paddle';
import { startStripeInWorld } from './stripe';

/** Every provider, in the order in which the demo plays them. */
export const WORLD_GATEWAY_OF: Readonly<Record<GatewayId, () => Promise<WorldGateway>>> = {
	stripe: startStripeInWorld,
	checkoutCom: startCheckoutComInWorld,
	paddle: startPaddleInWorld,
	flutterwave: startFlutterwaveInWorld,
};

export const WORLD_GATEWAYS: ReadonlyArray<() => Promise<WorldGateway>> =
	Object.values(WORLD_GATEWAY_OF);
