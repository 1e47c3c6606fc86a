import { begins } from './begins.ts';
import { fails, finishes, panics, succeeds, timesOut } from './command-ends.ts';
import { hearsAbort } from './hears-abort.ts';
import { lost } from './lost.ts';
import type { Word } from './word.ts';

/** Every word, in the order in which they are explained. */
export const WORDS: readonly Word[] = [
	begins,
	succeeds,
	fails,
	timesOut,
	panics,
	finishes,
	hearsAbort,
	lost,
];

const BY_NAME = new Map(WORDS.map((word) => [word.word, word]));

export const wordNamed = (name: string): Word | undefined => BY_NAME.get(name);
