import { guarantees } from '../../model/guarantees/index.ts';
import type {
	CheckEvidence,
	CheckedGuarantee,
	ConfigurationEvidence,
} from '../evidence/check-evidence.ts';
import { type Doubt, type DoubtId, doubt, sayDoubts } from '../evidence/doubt.ts';
import { isToured } from '../evidence/tour-evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { NEVER_EXERCISED, sayUnknown } from '../wording/ending.ts';
import { DEADLOCK } from './guarantee-rows.ts';
import { partDoubt } from './part-doubt.ts';

/** Which doubt a search leaves that did not come to its end. */
const DOUBT: Readonly<Record<ConfigurationEvidence['ending'], DoubtId>> = {
	complete: 'never-exercised',
	broken: 'check-broken',
	'out of memory': 'check-out-of-memory',
	stopped: 'check-stopped',
	'not begun': 'check-not-begun',
	approximate: 'check-approximate',
	'thread lost': 'check-thread-lost',
};

/** What the check of one configuration comes to. */
export function configurationVerdict({
	ending,
	unjudged,
	violations,
	tour = null,
}: Pick<ConfigurationEvidence, 'ending' | 'unjudged' | 'violations'> &
	Partial<Pick<ConfigurationEvidence, 'tour'>>): Verdict {
	if (violations.length > 0 || (tour !== null && tour.finding !== null)) return 'violated';
	const isDone = ending === 'complete' && unjudged.length === 0;
	return isDone && (tour === null || isToured(tour)) ? 'holds' : 'unknown';
}

function doubtOf({ ending, unjudged, tour }: ConfigurationEvidence): DoubtId | null {
	if (ending !== 'complete') return DOUBT[ending];
	if (unjudged.length > 0) return 'not-judged';
	return tour === null || tour.finding !== null || isToured(tour) ? null : 'tour-incomplete';
}

/** Why checks decide nothing: those that were not gone through to their end, and what was left out of the judgement. */
export function checkDoubts(checks: readonly ConfigurationEvidence[]): Doubt[] {
	const by = new Map<string, { readonly id: DoubtId; readonly names: string[] }>();
	for (const check of checks) {
		const id = doubtOf(check);
		if (id === null) continue;
		const why = sayUnknown(check);
		const same = by.get(why) ?? { id, names: [] };
		same.names.push(check.configuration);
		by.set(why, same);
	}
	return [...by].map(([why, { id, names }]) => doubt(id, `${names.join(', ')}: ${why}`));
}

/** Each guarantee, and deadlock, over all that was checked. */
export function checkedGuarantees(checks: readonly ConfigurationEvidence[]): CheckedGuarantee[] {
	const named = (ids: readonly ConfigurationEvidence[]) => ids.map((one) => one.configuration);
	const unfinished = sayDoubts(checkDoubts(checks.filter(({ ending }) => ending !== 'complete')));
	return [...guarantees, DEADLOCK].map(({ id, name }) => {
		const violated_in = named(
			checks.filter(({ violations }) => violations.some(({ guarantee }) => guarantee === id)),
		);
		const holds_in = named(checks.filter(({ holds }) => holds.includes(id)));
		const violated = violated_in.length > 0;
		const unjudged = sayDoubts(checkDoubts(checks.filter((one) => one.unjudged.includes(id))));
		const reason = violated
			? null
			: (unfinished ?? unjudged ?? (holds_in.length === 0 ? NEVER_EXERCISED : null));
		const verdict = violated ? 'violated' : reason === null ? 'holds' : 'unknown';
		return { id, name, verdict, reason, holds_in, violated_in };
	});
}

/** What all checks of a command come to, guarantee by guarantee and together. */
export type CheckJudgement = Pick<
	CheckEvidence,
	'verdict' | 'reason' | 'reasons' | 'checks' | 'guarantees'
>;

/**
 * Judges checks by their parts alone. `whole`: they are all configurations that there are, so that a guarantee that
 * was exercised in none of them was not checked at all. A part of a run is judged with the others only.
 */
export function judgeChecks({
	checks,
	whole,
	shard,
}: Pick<CheckEvidence, 'checks' | 'whole' | 'shard'>): CheckJudgement {
	const rejudged = checks.map((check) => ({ ...check, verdict: configurationVerdict(check) }));
	const rows = checkedGuarantees(rejudged);
	const unknown = rows.filter(({ verdict }) => verdict === 'unknown').map(({ id }) => id);
	const complete = checks.every(({ ending }) => ending === 'complete');
	const idle = checks.every(({ holds }) => holds.length === 0);
	const doubts = [
		...checkDoubts(rejudged),
		...(shard !== null
			? [partDoubt(shard)]
			: idle && complete
				? [doubt('never-exercised', 'no guarantee was exercised')]
				: whole && unknown.length > 0 && complete
					? [doubt('never-exercised', `${unknown.join(', ')} never exercised`)]
					: []),
	];
	const violated = rejudged.some(({ verdict }) => verdict === 'violated');
	const reasons = violated ? [] : doubts;
	return {
		verdict: violated ? 'violated' : reasons.length === 0 ? 'holds' : 'unknown',
		reason: sayDoubts(reasons),
		reasons,
		checks: rejudged,
		guarantees: rows,
	};
}
