import { printable } from '../model/vocabulary/printable.ts';
import type { DoubtId } from '../reports/evidence/doubt.ts';
import type { Answer } from '../reports/judging/allowed.ts';

const MORE = 'tell more stories with --stories, or take a longer --profile';
const AGAIN = 'run it again';

/** What to do about each reason of `unknown`, in short; docs/unknown.md says more. Null: the reason itself says it. */
const REMEDIES: Readonly<Record<DoubtId, string | null>> = {
	interrupted: AGAIN,
	part: null,
	'canary-missed': `${MORE}, or another --seed`,
	'no-tasks': 'name the file that defines the tasks, or look at the warnings of its import',
	'nothing-to-try':
		'mend the flags, or name the file that includes this one; to try the design all the same, --allow nothing-to-try',
	'left-out': 'run it again to its end',
	'no-stories': `${MORE}; or look whether mulligan is installed whole`,
	'no-flagged-failure': MORE,
	'never-exercised': MORE,
	unrested: 'take another --seed: it is rare',
	'not-judged': 'check without --symmetry',
	'not-shown': 'take a longer --profile',
	'check-not-begun': AGAIN,
	'check-stopped': AGAIN,
	'check-out-of-memory': 'take a smaller --profile, or check it with more --memory',
	'check-approximate': 'check without --bitstate, if memory allows',
	'check-thread-lost': 'run it again, with fewer --workers',
	'check-broken': null,
	'tour-incomplete': AGAIN,
};

/** Of a check, which tells no stories. */
const OF_CHECKS: Partial<Record<DoubtId, string>> = {
	'never-exercised': 'check configurations that cover it (check --help lists them)',
};

/** A line for each reason why nothing is decided, with what can be done about it; none for those that are lived with. */
export function remedyLines(
	{ verdict, reasons, allowed }: Answer,
	of: 'stories' | 'checks' = 'stories',
): string[] {
	if (verdict !== 'unknown') return [];
	return [...new Set(reasons.map(({ id }) => id))].flatMap((id) => {
		const remedy = (of === 'checks' ? OF_CHECKS[id] : undefined) ?? REMEDIES[id];
		return remedy === null || allowed.includes(id) ? [] : [printable(`remedy    ${id}: ${remedy}`)];
	});
}
