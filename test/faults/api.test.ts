import { describeArea } from './describe-area';
import { api } from './api';

describeArea(api);
