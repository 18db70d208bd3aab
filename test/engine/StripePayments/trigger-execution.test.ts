import { describeTriggerExecution } from '../gateway/trigger-execution';
import { stripeBench } from './stripe-bench';

describe('Stripe Payments Trigger', () => describeTriggerExecution(stripeBench));
