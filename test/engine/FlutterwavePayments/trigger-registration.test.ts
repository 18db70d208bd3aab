import { describeTriggerRegistration } from '../gateway/trigger-registration';
import { flutterwaveBench } from './flutterwave-bench';

describe('Flutterwave Payments Trigger', () => describeTriggerRegistration(flutterwaveBench));
