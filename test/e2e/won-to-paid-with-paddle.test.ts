import { startPaddleInWorld } from '../world/gateways/paddle';
import { describeWonToPaid } from './won-to-paid';

describe('won to paid with Paddle', () => {
	describeWonToPaid(startPaddleInWorld);
});
