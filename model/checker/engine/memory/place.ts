/** Where things stand in a state, told in full: three places of the checker's own, then the components. */
export const BUDGET = 0;
export const NETWORK = 1;
export const MEMORY = 2;
export const FIRST = 3;

/** Where the core stands in a state as it is stored: everything from `MEMORY` on, as one number. */
export const CORE = 2;
/** Places of a state as it is stored: budgets, network, core. */
export const STORED = 3;

/** Most components of a product: their changes fit in one word. */
export const COMPONENTS = 28;
