/** How often each mutant was passed, by what was told or tested. */
export type Passed = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Switches {
	activeMutant?: string;
	/** What is passed from now on is noted under this name; of none: as passed while modules are loaded. */
	currentTestId?: string | undefined;
	mutantCoverage?: {
		readonly static: Readonly<Record<string, number>>;
		readonly perTest: Passed;
	};
	/** How often the active mutant was passed, and how often it may be before it throws. */
	hitCount?: number;
	hitLimit?: number;
}

const PLACE = '__stryker__';

/** What the code that StrykerJS made asks at each place; it made it itself if it ran while it was loaded, and keeps it. */
export const switches: Switches = Reflect.get(globalThis, PLACE) ?? {};
Reflect.set(globalThis, PLACE, switches);

/** No mutant is active. */
export const NONE = 'none';

/** Names, in the environment, the mutant that is there from the beginning. */
export const NATIVELY = '__STRYKER_ACTIVE_MUTANT__';

/** The mutant that is there from the beginning, so that none is switched. */
export const NATIVE = process.env[NATIVELY];
