import type { Judged } from '../../model/checker/retry/judged.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/story.ts';
import type {
	ConfigurationEvidence,
	ViolationEvidence,
} from '../../reports/evidence/check-evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { sayEvent } from '../../reports/wording/event.ts';
import { tokenOf } from '../trial/say-finding.ts';
import type { Looked } from './checks.ts';

/** What a check came to, as evidence. */
export function checkEvidence({ configuration, checked, tour }: Looked): ConfigurationEvidence {
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
		reached: checked === null ? [] : [...checked.reached],
		violations: (checked?.judged ?? []).flatMap(violationOf),
		tour,
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
