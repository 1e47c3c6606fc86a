import { guarantees } from '../../model/guarantees/index.ts';
import type { System } from '../systems/system.ts';
import { type CampaignOptions, campaign, type Found } from './campaign.ts';
import { type Finding, replaying, trial, type Violation } from './trial.ts';

/** Stories that are told at the most to find the promise behind a difference. */
export const MORE_STORIES = 2000;

/** Which stories they are: those of a campaign, from a place on. */
export type MoreStories = Pick<
	CampaignOptions,
	'setups' | 'ways' | 'seed' | 'length' | 'judges' | 'signal'
> & {
	readonly from: number;
	/** How many at the most. */
	readonly most?: number | undefined;
};

/** What was told on after a difference. */
export interface Sought {
	/** The promise that the odd one breaks, and the first story in which it does; null: it breaks none. */
	readonly found: (Found & { readonly finding: Violation }) | null;
	/** So many stories were told for it. */
	readonly stories: number;
}

/**
 * A difference is a symptom: the promise that is broken by what is wrong may fall in other stories. The odd one of the
 * systems is told more of them, alone, so that no difference ends them, until it breaks one. What the first of the systems
 * breaks as well in the same story is broken by what is promised, and not by what is wrong: it is passed over.
 */
export async function promiseBehind(
	systems: readonly System[],
	{ systems: [, name] }: Extract<Finding, { kind: 'diverged' }>,
	{ from, most = MORE_STORIES, ...more }: MoreStories,
): Promise<Sought> {
	const [first] = systems;
	const odd = systems.find((system) => system.name === name);
	if (first === undefined || odd === undefined) throw new RangeError(`there is no system ${name}`);
	for (let next = from; ; ) {
		const { found, ...told } = await campaign({
			...{ ...more, systems: [odd], from: next },
			limit: { stories: from + most },
		});
		next = told.next;
		if (found === null) return { found, stories: next - from };
		const { finding, story, place } = found;
		if (finding.kind !== 'violated' || (await breaks(first, story, finding))) continue;
		return { found: { story, finding, place }, stories: next - from };
	}
}

/** Whether a system breaks that promise, too, in the same story. */
async function breaks(
	system: System,
	{ setup, events }: Found['story'],
	{ guarantee }: Violation,
): Promise<boolean> {
	const judges = guarantees.filter(({ id }) => id === guarantee);
	const { finding } = await trial([system], setup, replaying(events), { judges });
	return finding?.kind === 'violated';
}
