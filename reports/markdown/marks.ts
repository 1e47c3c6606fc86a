import type { Verdict } from '../evidence/verdict.ts';
import { shell } from './text.ts';

/** A glyph and a word for each verdict. */
export const MARKS: Record<Verdict, string> = {
	holds: '✓ holds',
	violated: '✕ broken',
	unknown: '? unknown',
};

/** An input that was not there: what is missing and what makes it. */
export const missing = (what: string, command: string): string[] => [
	`**Missing:** ${what} This makes it:`,
	'',
	shell(command),
	'',
];
