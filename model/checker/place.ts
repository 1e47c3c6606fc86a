/** Where things stand in a state: three places of the checker's own, then the components. */
export const BUDGET = 0;
export const NETWORK = 1;
export const MEMORY = 2;
export const FIRST = 3;

/** Most components of a product: their changes fit in one word. */
export const COMPONENTS = 28;
