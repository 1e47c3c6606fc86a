import { live } from '../live/system.ts';
import { playsAsTheModelDoes } from './live.suite.ts';

playsAsTheModelDoes(live(), 6);
