import { describeTriggerWebhook } from '../gateway/trigger-webhook';
import { flutterwaveBench } from './flutterwave-bench';

describe('Flutterwave Payments Trigger', () => describeTriggerWebhook(flutterwaveBench));
