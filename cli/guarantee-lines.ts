import { printable } from '../model/vocabulary/printable.ts';
import type { Verdict } from '../reports/evidence/verdict.ts';
import { plural } from '../reports/wording/figures.ts';

/** A guarantee, and what became of it. */
interface Row {
	readonly id: string;
	readonly verdict: Verdict;
	/** Why it is unknown, or where it is violated; null: there is nothing to say. */
	readonly note: string | null;
}

const LABELS: readonly Verdict[] = ['violated', 'unknown', 'holds'];

/** Guarantees in a few lines: what became of them, and why; those of the same fate in one. */
export function guaranteeLines(rows: readonly Row[]): string[] {
	return LABELS.flatMap((label) => {
		const mine = rows.filter(({ verdict }) => verdict === label);
		return [...new Set(mine.map(({ note }) => note))].map((note) => {
			const ids = mine.filter((row) => row.note === note).map(({ id }) => id);
			const names = ids.length === rows.length ? sayAll(ids) : ids.join(', ');
			return printable(`${label.padEnd(9)} ${names}${note === null ? '' : `: ${note}`}`);
		});
	});
}

/** All of them, where deadlock, which is always looked for, is not one of the guarantees. */
function sayAll(ids: readonly string[]): string {
	const guarantees = ids.filter((id) => id !== 'deadlock');
	return `all ${plural(guarantees.length, 'guarantee')}${guarantees.length < ids.length ? ', and deadlock' : ''}`;
}
