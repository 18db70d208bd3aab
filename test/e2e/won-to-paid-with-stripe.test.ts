import { startStripeInWorld } from '../world/gateways/stripe';
import { describeWonToPaid } from './won-to-paid';

describe('won to paid with Stripe', () => {
	describeWonToPaid(startStripeInWorld);
});
