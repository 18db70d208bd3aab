import { describeTriggerExecution } from '../gateway/trigger-execution';
import { flutterwaveBench } from './flutterwave-bench';

describe('Flutterwave Payments Trigger', () => describeTriggerExecution(flutterwaveBench));
