import { STANDARD_ERRORS } from '../../model/simulation/closed-forms.ts';

/**
 * When a figure agrees with its closed form. The interval that is printed beside a figure is of two standard errors,
 * so one of twenty such intervals is expected to miss what is true.
 */
export const AGREEMENT = `A figure agrees within ${STANDARD_ERRORS} standard errors, of those measured and those that the closed form implies the larger; an interval of 95 % is about 2, and some miss by chance.`;
