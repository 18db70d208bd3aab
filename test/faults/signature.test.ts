import { describeArea } from './describe-area';
import { signature } from './signature';

describeArea(signature);
