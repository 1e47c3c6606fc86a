import { printable } from '../model/vocabulary/printable.ts';

/** A point in a file a person wrote; lines and columns count from 1. */
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

/** `file:line:column: message (remedy)`: one line, which editors and terminals turn into a link. */
export const describe = (problem: Problem): string =>
	printable(
		`${problem.file}:${problem.line}:${problem.column}: ${problem.message} (${problem.remedy})`,
	);

/** The same problem at the same place is told once, however many aliases lead there. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
	return [...new Map(problems.map((problem) => [describe(problem), problem])).values()];
}
