import { printable } from '../model/vocabulary/printable.ts';
import type { Doubt, DoubtId } from '../reports/judging/doubt.ts';
import type { Verdict } from '../reports/verdict.ts';

/** Exit statuses of every command. `bug`: mulligan itself is wrong (EX_SOFTWARE of sysexits.h). */
export const EXIT = { holds: 0, violated: 1, 'bad input': 2, unknown: 3, bug: 70 } as const;

export const exitOf = (verdict: Verdict): number => EXIT[verdict];

/**
 * The exit status of evidence. Where nothing but reasons that whoever ran it decided to live with makes the verdict
 * unknown, 0: the verdict stays what it is. A part of a run that was done to its end and found nothing is no failure:
 * the others may have found something, and `merge` says so.
 */
export function exitOfEvidence({
	verdict,
	reasons,
	allowed,
}: {
	readonly verdict: Verdict;
	readonly reasons: readonly Doubt[];
	readonly allowed: readonly DoubtId[];
}): number {
	const isLivedWith = ({ id }: Doubt): boolean => id === 'part' || allowed.includes(id);
	return verdict === 'unknown' && reasons.length > 0 && reasons.every(isLivedWith)
		? EXIT.holds
		: exitOf(verdict);
}

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
