import { expect, test } from 'vitest';
import { DEVIATIONS } from './index.ts';
import { ROWS, UNTOLD } from './rows.ts';

const told = DEVIATIONS.flatMap(({ id, also = [] }) => [id.replace(/-i.*$/, ''), ...also]);

test.each(ROWS)('row %s of the tables is told, or left out with a reason', (row) => {
	expect([told.includes(row), row in UNTOLD]).toEqual([!(row in UNTOLD), !told.includes(row)]);
});

test('nothing is told or left out that is no row', () => {
	expect([...told, ...Object.keys(UNTOLD)].filter((id) => !ROWS.includes(id))).toEqual([]);
});
