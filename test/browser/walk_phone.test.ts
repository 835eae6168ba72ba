import { describeWalk } from './walk.ts';

describeWalk('phone-dark', { width: 360, height: 740 }, 'dark');
