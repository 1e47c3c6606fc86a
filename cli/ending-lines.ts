import { printable } from '../model/vocabulary/printable.ts';

/** What was not printed, and what shows it. */
export const SHOW = '--verbose';

/** What a command came to, and why nothing is known, if so. */
interface Came {
	readonly verdict: string;
	readonly reason: string | null;
}

/** The first line of a command: its verdict in a sentence, and in brackets what it is about. */
export const firstLine = (verdict: string, sentence: string, about: readonly string[]): string =>
	printable(
		`${verdict}: ${sentence.replace(/\.$/, '')} (${about.filter((part) => part !== '').join(', ')})`,
	);

/** The last line of a command: its verdict once more, and the command that does it again. */
export const lastLine = ({ verdict, reason }: Came, again: string): string =>
	printable(`${verdict}${reason === null ? '' : `: ${reason}`}; again with: ${again}`);
