import { answering } from '../threads/answering.ts';
import { Teller, type Told, type Work } from './range.ts';

/** A thread that tells range after range. */
const teller = new Teller();
answering<Work, Told>((work, signal) => teller.tell(work, signal));
