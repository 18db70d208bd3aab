import { describeArea } from './describe-area';
import { crashesAndOrder } from './crashes-and-order';

describeArea(crashesAndOrder);
