import { playsAsTheModelDoes } from './live.suite.ts';
import { live } from './live.ts';

playsAsTheModelDoes(live(), 15);
