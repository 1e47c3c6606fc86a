import type { Judged } from '../../model/checker/retry/judged.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { STORY_LENGTH } from '../../model/vocabulary/story.ts';
import type {
	CheckedGuarantee,
	ConfigurationEvidence,
	ViolationEvidence,
} from '../../reports/check-evidence.ts';
import type { Verdict } from '../../reports/verdict.ts';
import { sayEnding, sayUnknown, UNJUDGED } from '../../reports/wording/ending.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import { TEXT, tokenOf } from '../verification/docket.ts';
import type { Looked } from './checks.ts';

/** What a check came to, as evidence. */
export function checkEvidence({ configuration, checked }: Looked): ConfigurationEvidence {
	const { name, covers, bounds } = configuration;
	return {
		configuration: name,
		covers,
		bounds,
		verdict: checked?.verdict ?? 'unknown',
		ending: checked?.ending ?? 'not begun',
		states: checked?.states ?? 0,
		generated: checked?.generated ?? 0,
		cut: checked?.cut ?? 0,
		depth: checked?.depth ?? 0,
		bytes: checked?.bytes ?? 0,
		coverage: checked?.coverage ?? null,
		seconds: checked?.seconds ?? 0,
		unjudged: [...(checked?.unjudged ?? [])],
		holds: (checked?.judged ?? []).filter((one) => one.verdict === 'holds').map(({ id }) => id),
		violations: (checked?.judged ?? []).flatMap(violationOf),
	};
}

function violationOf({ id, name, sentence, counterexample }: Judged): ViolationEvidence[] {
	if (counterexample === null) return [];
	const { story, loop, unavoidable } = counterexample;
	return [
		{
			guarantee: id,
			name,
			sentence: (sentence ?? '').slice(0, TEXT),
			events: story.events.length,
			unavoidable: unavoidable === null ? null : unavoidable + 1,
			loop: loop === null ? null : loop.slice(0, STORY_LENGTH).map((event) => sayEvent(event)),
			token: tokenOf(story),
		},
	];
}

/** Each guarantee, and deadlock, over all that was checked. */
export function checkedGuarantees(checks: readonly ConfigurationEvidence[]): CheckedGuarantee[] {
	const named = (ids: readonly ConfigurationEvidence[]) => ids.map((one) => one.configuration);
	const doubt = incomplete(checks);
	return [...guarantees, DEADLOCK].map(({ id, name }) => {
		const violated_in = named(
			checks.filter(({ violations }) => violations.some(({ guarantee }) => guarantee === id)),
		);
		const holds_in = named(checks.filter(({ holds }) => holds.includes(id)));
		const violated = violated_in.length > 0;
		const unjudged = checks.some((one) => one.unjudged.includes(id)) ? UNJUDGED : null;
		const reason = violated
			? null
			: (doubt ?? unjudged ?? (holds_in.length === 0 ? sayEnding('complete') : null));
		const verdict = violated ? 'violated' : reason === null ? 'holds' : 'unknown';
		return { id, name, verdict, reason, holds_in, violated_in };
	});
}

/** Not one of the guarantees, but always looked for. */
const DEADLOCK = { id: 'deadlock', name: 'nothing-is-left-for-ever' };

/** Which configurations were not gone through to their end, and why; null: all were. */
export function incomplete(checks: readonly ConfigurationEvidence[]): string | null {
	const by = new Map<string, string[]>();
	for (const check of checks)
		if (check.ending !== 'complete') {
			const why = sayUnknown(check);
			by.set(why, [...(by.get(why) ?? []), check.configuration]);
		}
	const said = [...by].map(([why, names]) => `${names.join(', ')}: ${why}`);
	return said.length === 0 ? null : said.join('; ').slice(0, TEXT);
}

/**
 * What all checks together come to. `whole`: they are all configurations that there are, so that a
 * guarantee that mattered in none of them was not checked at all.
 */
export function verdictOf(
	checks: readonly ConfigurationEvidence[],
	whole: boolean,
): { readonly verdict: Verdict; readonly reason: string | null } {
	if (checks.some(({ verdict }) => verdict === 'violated'))
		return { verdict: 'violated', reason: null };
	const unknown = checkedGuarantees(checks).filter(({ verdict }) => verdict === 'unknown');
	const reason =
		incomplete(checks) ??
		(checks.some(({ unjudged }) => unjudged.length > 0) ? UNJUDGED : null) ??
		(checks.every(({ holds }) => holds.length === 0)
			? 'no guarantee mattered'
			: whole && unknown.length > 0
				? `${unknown.map(({ id }) => id).join(', ')} never mattered`
				: null);
	return { verdict: reason === null ? 'holds' : 'unknown', reason };
}
