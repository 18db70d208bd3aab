import { startCheckoutComInWorld } from '../world/gateways/checkout-com';
import { describeWonToPaid } from './won-to-paid';

describe('won to paid with Checkout.com', () => {
	describeWonToPaid(startCheckoutComInWorld);
});
