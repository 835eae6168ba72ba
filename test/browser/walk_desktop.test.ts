import { describeWalk } from './walk.ts';

describeWalk('desktop-light', { width: 1440, height: 900 }, 'light');
