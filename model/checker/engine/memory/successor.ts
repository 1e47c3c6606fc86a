/** A successor in a list of them: its packed words, and behind them one integer each, in this order. */

/** The key of the step that leads to it. */
export const SUCCESSOR_KEY = 0;
/** What the step costs; below 0: nothing. */
export const SUCCESSOR_COST = 1;
/** 1 if the step broke a promise: then the words mean nothing. */
export const SUCCESSOR_BREAKS = 2;
/** The place of the state that it is reached from. */
export const SUCCESSOR_PARENT = 3;
/** How many integers stand behind the words. */
export const SUCCESSOR_TAIL = 4;
