import { type ReferenceOptions, reference } from './reference.ts';
import type { System } from './system.ts';

/** The decisions of the reference that are wrong. */
export type Override = Pick<ReferenceOptions, 'rules' | 'agentRules' | 'agent'>;

/**
 * Something that is wrong with the reference, a few decisions long: a real bug (`Deviation`), or one that was thought up
 * so that each transition of the machines has one. The tests pick from all of them by what finds each.
 */
export interface Fault extends Override {
	/** A row of the tables in the spec; of one that was thought up, what the app server or the agent does. */
	readonly id: string;
	/** Ticket, pull request or file; of one that was thought up, the transition of the model that is not taken so. */
	readonly where: string;
	/**
	 * The guarantees of which one must break, and no other; all of them at once in the story that is kept of a real bug.
	 * Empty: no promise speaks of it, and only a difference shows.
	 */
	readonly breaks: readonly string[];
	/** Those that fall first in other stories of it. */
	readonly elsewhere?: readonly string[];
	readonly toured?: Toured;
	/**
	 * How random stories tell of it, with no model beside: `seldom` takes hundreds of them, so that it is looked for
	 * nightly. `difference`: no promise is named, and only the model beside shows it; `unmet`: nothing does
	 * (docs/semantics.md, "Not promised").
	 */
	readonly told?: 'soon' | 'seldom' | 'difference' | 'unmet';
}

/** How a tour finds it. */
export interface Toured {
	/** The configuration of the checker, in quick size. */
	readonly by: string;
	/** The guarantee that falls at the first step that differs; null: none does there, but one that it may break in another story. */
	readonly breaks: string | null;
	/** Found after more steps than others: nightly. */
	readonly far?: true;
}

/** What is wrong, and nothing else of the entry. */
export const overrideOf = ({ rules, agentRules, agent }: Override): Override => ({
	...(rules === undefined ? {} : { rules }),
	...(agentRules === undefined ? {} : { agentRules }),
	...(agent === undefined ? {} : { agent }),
});

/** All guarantees that it may break; another one is a finding of its own. */
export const mayBreak = ({ breaks, elsewhere = [] }: Fault): readonly string[] => [
	...breaks,
	...elsewhere,
];

/** The reference with that fault in it. */
export const faulty = (fault: Override, name: string): System => reference(overrideOf(fault), name);
