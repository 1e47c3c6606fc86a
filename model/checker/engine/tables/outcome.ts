/** An outcome of a rule in `Tables.outcomes`: one integer each, in this order. */

export const OUTCOME_KEY = 0;
/** What it costs; below 0: nothing. */
export const OUTCOME_COST = 1;
/** The change of the network; below 0: none. */
export const OUTCOME_CHANGE = 2;
/** The list of the rules that follow in the same step; below 0: none. */
export const OUTCOME_PARTS = 3;
/** From here on: what becomes of the components that the rule reads. */
export const OUTCOME_WRITES = 4;
