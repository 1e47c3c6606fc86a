/**
 * Whether random setups, and those drawn from a project file, have units of several tasks, groups and
 * tasks that wait for others. While it is off, every task is a plain one.
 */
export const UNITS: boolean = true;
