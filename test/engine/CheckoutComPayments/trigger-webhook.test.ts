import { describeTriggerWebhook } from '../gateway/trigger-webhook';
import { checkoutComBench } from './checkout-com-bench';

describe('Checkout.com Payments Trigger', () => describeTriggerWebhook(checkoutComBench));
