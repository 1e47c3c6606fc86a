import type { Deviation } from './deviation.ts';
import { fileOf } from './deviation.ts';
import { FAULTS } from './faults.ts';
import { killMatrix, killMatrixLines } from './kill-matrix.ts';
import { UNTOLD } from './rows.ts';

/** A deviation, and how many events its story has. */
export interface Row {
	readonly deviation: Deviation;
	readonly events: number;
}

/** `docs/track-record.md`: one row a bug. */
export function trackRecord(rows: readonly Row[]): string {
	const table = rows.map(({ deviation, events }) => {
		const { id, also = [], symptom, where, breaks, difference, long } = deviation;
		const ids = also.length === 0 ? id : `${id} (also ${also.join(', ')})`;
		const falls = breaks.length === 0 ? (difference ?? '') : breaks.join(', ');
		const length = long === undefined ? `${events}` : `${events}: ${long}`;
		return `| ${ids} | ${symptom} | ${where} | ${falls} | ${length} | \`${fileOf(deviation)}\` |`;
	});
	return [
		'# Track record',
		'',
		`${rows.length} real bugs of automatic retry, built into the reference one at a time as an override of a decision`,
		'(`properties/deviations/`). Each is shown by the story of its name in `properties/corpus/`: told of the broken reference, it breaks',
		'the promises in the table at its last event or at rest, and nothing before; of the reference as it is, it breaks none. Every',
		'`mulligan verify` tells all of these stories first. `npx vitest run properties/deviations` shows both.',
		'',
		'| bug | what its users saw | where it was | what breaks | events | story |',
		'|---|---|---|---|---|---|',
		...table,
		'',
		...killMatrixLines(killMatrix(FAULTS)),
		'## Not told',
		'',
		'Rows of the same tables that no deviation tells, and why.',
		'',
		'| row | why |',
		'|---|---|',
		...Object.entries(UNTOLD).map(([row, reason]) => `| ${row} | ${reason} |`),
		'',
	].join('\n');
}
