/** A step in a row of `Cores.steps`: one integer each, in this order. */

/** Stands for the step: for its label, and for what its rule read. */
export const STEP_KEY = 0;
/** What it costs; below 0: nothing. */
export const STEP_COST = 1;
/** The change of the network; below 0: none. */
export const STEP_CHANGE = 2;
/** The core after it. */
export const STEP_CORE = 3;
/** What observers say of it: 0, BREAKS, or from PUTS on the list of marks of what it puts to the test. */
export const STEP_SAYS = 4;
export const STEP_SIZE = 5;

/** It broke a promise. */
export const BREAKS = 1;
export const PUTS = 2;
