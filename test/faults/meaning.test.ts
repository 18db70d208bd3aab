import { describeArea } from './describe-area';
import { meaning } from './meaning';

describeArea(meaning);
