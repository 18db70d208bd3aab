import { describeArea } from './describe-area';
import { body } from './body';

describeArea(body);
