import type { ClaimEvidence } from '../evidence/design-evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';

/** A glyph and a word for each verdict, and for what was not tried: colour only repeats what they say. */
export const VERDICTS: Readonly<
	Record<Verdict | 'untried', { readonly glyph: string; readonly word: string }>
> = {
	holds: { glyph: '✓', word: 'holds' },
	violated: { glyph: '✕', word: 'broken' },
	unknown: { glyph: '?', word: 'unknown' },
	untried: { glyph: '–', word: 'not tried' },
};

/** Both together. */
export const sayVerdict = (verdict: Verdict | null): string => {
	const { glyph, word } = VERDICTS[verdict ?? 'untried'];
	return `${glyph} ${word}`;
};

/** What a claim came to, as good or bad news. */
export const CLAIM_VERDICTS: Readonly<Record<ClaimEvidence['verdict'], Verdict>> = {
	confirmed: 'holds',
	refuted: 'violated',
	'not shown': 'unknown',
};
