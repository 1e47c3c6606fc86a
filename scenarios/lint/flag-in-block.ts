import { plural } from '../../model/vocabulary/plural.ts';
import { isSetUp } from '../../model/vocabulary/project.ts';
import { SWITCH } from '../import/steps.ts';
import { problemAt } from '../yaml/problem.ts';
import type { Finding, Rule } from './finding.ts';
import { countCommands, eachOnce, grouped, keyOf } from './flags.ts';
import type { Spot, Use } from './uses.ts';

/**
 * Flagged commands in a block whose failure does not fail the task, so that nothing restarts (S4): one
 * finding a block, at the group or block, as one switch mends it.
 */
export const flagInBlock: Rule = ({ uses, working }) =>
	[
		...grouped(
			uses.filter(({ idle }) => idle === 'block'),
			({ spot }) => spot,
		),
	].flatMap(([spot, those]) => about(spot, those, working));

function about(
	{ block, group, place }: Spot,
	uses: readonly Use[],
	working: ReadonlySet<string>,
): Finding[] {
	if (block === 'main') return [];
	const key = SWITCH[block];
	const related = eachOnce(uses.map(({ flag }) => flag));
	const elsewhere = related.some((one) => working.has(keyOf(one)));
	const where = group === null ? block : `${block} of the group "${group}"`;
	const message = `retry_on_failure does nothing on ${plural(countCommands(uses), 'command')} in ${where}: a failure there does not fail the task${
		isSetUp(block) ? ' (an exec or idle time-out does)' : ''
	}`;
	const remedies = [
		...(key === null ? [] : [`set ${key}: true`]),
		...(elsewhere ? [] : [`take the ${related.length === 1 ? 'flag' : 'flags'} off`]),
	];
	return [
		{
			...problemAt(
				place,
				message,
				remedies.join(', or ') || 'nothing need be done here: the flags work elsewhere',
			),
			rule: 'flag-in-block',
			severity: remedies.length === 0 ? 'note' : 'warning',
			related,
			about: block,
		},
	];
}
