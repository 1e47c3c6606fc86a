import type { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import type { DesignsEvidence } from '../reports/evidence/design-evidence.ts';
import type { Evidence } from '../reports/evidence/evidence.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { foundIn } from '../reports/review/broken.ts';
import { replayCommand } from '../reports/wording/commands.ts';
import type { Note } from './github.ts';

/** What was broken, why nothing is decided, and what the import of the project warns of. */
export const verificationNotes = (evidence: Evidence): Note[] => [
	...checkNotes(evidence),
	...(evidence.project?.warnings ?? []).map((message) => ({
		level: 'warning' as const,
		title: 'mulligan: project file',
		message,
	})),
];

/** What was found, and why nothing is decided. */
export const checkNotes = (
	evidence: Parameters<typeof foundIn>[0] & Pick<CheckEvidence, 'reasons'>,
): Note[] => [
	...foundIn(evidence).map(({ guarantee, where, sentence, token, on }) => ({
		level: 'error' as const,
		title: `mulligan: ${guarantee} (${where})`,
		message: `${sentence}${token === null ? '' : `\n${replayCommand(token, on)}`}`,
	})),
	...doubtNotes(evidence.reasons),
];

export function designNotes(evidence: DesignsEvidence): Note[] {
	return [
		...evidence.claims
			.filter(({ verdict }) => verdict === 'refuted')
			.map(({ id, claim, because }) => ({
				level: 'error' as const,
				title: `mulligan: ${id} is refuted`,
				message: `${claim} ${because}`,
			})),
		...doubtNotes(judgeClaims(evidence).reasons),
	];
}

/** That a part alone decides nothing needs no warning. */
const doubtNotes = (
	reasons: Evidence['reasons'] | readonly Evidence['reasons'][number][],
): Note[] =>
	reasons
		.filter(({ id }) => id !== 'part')
		.map(({ id, says }) => ({
			level: 'warning',
			title: `mulligan: unknown (${id})`,
			message: says,
		}));
