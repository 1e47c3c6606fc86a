import { printable } from '../model/vocabulary/printable.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { type Answer, isLivedWith } from '../reports/judging/allowed.ts';

/** Exit statuses of every command. `bug`: mulligan itself is wrong (EX_SOFTWARE of sysexits.h). */
export const EXIT = { holds: 0, violated: 1, 'bad input': 2, unknown: 3, bug: 70 } as const;

export const exitOf = (verdict: Verdict): number => EXIT[verdict];

/** The exit status of evidence: 0 also where its reasons of `unknown` are lived with; the verdict stays what it is. */
export const exitOfEvidence = (answer: Answer): number =>
	isLivedWith(answer) ? EXIT.holds : exitOf(answer.verdict);

/** The exit status of several answers: violated beats unknown, unknown beats holds. */
export const worst = (exits: readonly number[]): number =>
	[EXIT.violated, EXIT.unknown].find((exit) => exits.includes(exit)) ?? EXIT.holds;

/** Exit status of what was interrupted by a signal, as shells have it for Ctrl-C. */
export const INTERRUPTED = 130;

/** The work was ended by a signal, and came to nothing: said in one line, exit 130 unless told. */
export class Interrupted extends Error {
	override name = 'Interrupted';
	/** The exit status. */
	readonly exit: number;

	constructor(message: string, exit: number = INTERRUPTED) {
		super(message);
		this.exit = exit;
	}
}

/** Something the user gave is wrong: said in one go, without a stack trace, exit 2. */
export class BadInput extends Error {
	override name = 'BadInput';
	readonly lines: readonly string[];

	constructor(...lines: string[]) {
		super(lines.join('\n'));
		this.lines = lines.map(printable);
	}
}
