import { describeTriggerRegistration } from '../gateway/trigger-registration';
import { checkoutComBench } from './checkout-com-bench';

describe('Checkout.com Payments Trigger', () => describeTriggerRegistration(checkoutComBench));
