import { startFlutterwaveInWorld } from '../world/gateways/flutterwave';
import { describeWonToPaid } from './won-to-paid';

describe('won to paid with Flutterwave', () => {
	describeWonToPaid(startFlutterwaveInWorld);
});
