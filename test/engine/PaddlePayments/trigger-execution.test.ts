import { describeTriggerExecution } from '../gateway/trigger-execution';
import { paddleBench } from './paddle-bench';

describe('Paddle Payments Trigger', () => describeTriggerExecution(paddleBench));
