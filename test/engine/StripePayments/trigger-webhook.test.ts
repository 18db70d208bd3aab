import { describeTriggerWebhook } from '../gateway/trigger-webhook';
import { stripeBench } from './stripe-bench';

describe('Stripe Payments Trigger', () => describeTriggerWebhook(stripeBench));
