import { describeTriggerExecution } from '../gateway/trigger-execution';
import { checkoutComBench } from './checkout-com-bench';

describe('Checkout.com Payments Trigger', () => describeTriggerExecution(checkoutComBench));
