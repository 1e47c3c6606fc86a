import { printable } from '../model/vocabulary/printable.ts';
import { type Answer, sayAllowed } from '../reports/judging/allowed.ts';

/** What was not printed, and what shows it. */
export const SHOW = '--verbose';

/** What a command came to, why nothing is known, if so, and which reasons of that are lived with. */
interface Came {
	readonly verdict: string;
	readonly reason: string | null;
	readonly answer?: Answer;
}

/** The first line of a command: its verdict in a sentence, and in brackets what it is about. */
export const firstLine = (verdict: string, sentence: string, about: readonly string[]): string =>
	printable(
		`${verdict}: ${sentence.replace(/\.$/, '')} (${about.filter((part) => part !== '').join(', ')})`,
	);

/** The last line of a command: its verdict once more, and the command that does it again. */
export function lastLine({ verdict, reason, answer }: Came, again: string): string {
	const allowed = answer === undefined ? null : sayAllowed(answer);
	return printable(
		`${verdict}${reason === null ? '' : `: ${reason}`}${allowed === null ? '' : ` (${allowed})`}; again with: ${again}`,
	);
}
