import type { DesignEntry } from '../../model/catalogue/entry.ts';
import { DESIGNS } from '../../model/catalogue/index.ts';
import { Design } from '../../model/vocabulary/design.ts';

/** What was decided on 2023-11-20, in our own words; the guarantees and claims below refer to it. */
export const DECISION = {
	problem:
		'Tasks of the CI system fail now and then for reasons that pass by themselves: a download, a host, a network. People restart them by hand. Teams asked that such a task be restarted by the system, once, and only where they expect it.',
	chosen:
		'A command may carry a flag. When such a command fails its task, the agent asks the app server for a mark, and the app server restarts the task when it ends.',
} as const;

/** An option of the decision record: what it is, and why it was taken or left. */
export interface Option extends Pick<DesignEntry, 'option' | 'name' | 'what' | 'why'> {
	readonly design: Design;
	readonly fate: DesignEntry['verdict']['fate'];
	/** Claim about it that a machine can check. */
	readonly claim: string;
}

export const OPTIONS: readonly Option[] = Design.options.map((design) => {
	const { option, name, what, why, verdict } = DESIGNS[design];
	return { design, option, name, what, why, fate: verdict.fate, claim: verdict.claim.id };
});

/** The same, with what was chosen first: it is what a reader of a narrow page sees. */
export const chosenFirst = <Of extends Pick<Option, 'fate'>>(options: readonly Of[]): Of[] =>
	options.toSorted((one, other) => Number(other.fate === 'chosen') - Number(one.fate === 'chosen'));

export const nameOf = (design: Design): string => DESIGNS[design].name;
