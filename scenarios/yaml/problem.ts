import { printable } from '../../model/vocabulary/printable.ts';

/** A point in a file a person wrote; lines and columns count from 1. Line 0 is the file as a whole. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** What is wrong there, and what to do about it. As a warning it stops nothing. */
export type Problem = Place & { readonly message: string; readonly remedy: string };

export const problemAt = (place: Place, message: string, remedy: string): Problem => ({
	file: place.file,
	line: place.line,
	column: place.column,
	message,
	remedy,
});

/** The file as a whole, where no point in it is to blame. */
export const wholeFile = (file: string): Place => ({ file, line: 0, column: 0 });

/**
 * `file:line:column: message (remedy)`: one line, which editors and terminals turn into a link. Of the file as a whole
 * it names no point, as there may be none.
 */
export const describe = ({ file, line, column, message, remedy }: Problem): string =>
	printable(`${file}${line === 0 ? '' : `:${line}:${column}`}: ${message} (${remedy})`);

/** The same problem at the same place is told once, however many aliases lead there. */
export function withoutRepeats<One extends Problem>(problems: readonly One[]): One[] {
	return [...new Map(problems.map((problem) => [describe(problem), problem])).values()];
}
