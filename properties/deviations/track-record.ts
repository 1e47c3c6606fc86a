import { type RecordedBug, sayIds, sayLength } from '../../reports/evidence/recorded-bug.ts';
import { FAULTS } from './faults.ts';
import { killMatrix, killMatrixLines } from './kill-matrix.ts';
import { UNTOLD } from './rows.ts';

/** `docs/track-record.md`: one row a bug. */
export function trackRecord(rows: readonly RecordedBug[]): string {
	const table = rows.map((bug) => {
		const { ids, symptom, where, breaks, difference, story, commit } = bug;
		const falls = breaks.map(({ id }) => id).join(', ') || difference;
		return `| ${sayIds(ids)} | ${symptom} | ${where} | ${falls} | ${sayLength(bug)} | \`${story}\` | ${commit ?? 'not yet'} |`;
	});
	return [
		'# Track record',
		'',
		`${rows.length} real bugs of automatic retry, built into the reference one at a time as an override of a decision`,
		'(`properties/deviations/`). Each is shown by the story of its name in `properties/corpus/`: told of the broken reference, it breaks',
		'the promises in the table at its last event or at rest, and nothing before; of the reference as it is, it breaks none. Every',
		'`mulligan verify` tells all of these stories first. `npx vitest run properties/deviations` shows both; `npm run -s reproduced` writes down at which commit.',
		'',
		'| bug | what its users saw | where it was | what breaks | events | story | last reproduced at |',
		'|---|---|---|---|---|---|---|',
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
