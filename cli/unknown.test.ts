import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DoubtId } from '../reports/evidence/doubt.ts';

const page = readFileSync(new URL('../docs/unknown.md', import.meta.url), 'utf8');

test('the page says of every reason of unknown, and of no other, what it means, what to do and when to allow it', () => {
	const [, , ...rows] = [...page.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
		row.split('|').map((cell) => cell.trim()),
	);
	expect(rows.map(([id]) => id)).toEqual(DoubtId.options.map((id) => `\`${id}\``));
	for (const cells of rows) {
		expect(cells).toHaveLength(4);
		for (const cell of cells) expect(cell).not.toBe('');
	}
});

test('the reasons that the page shows as allowed are reasons', () => {
	const shown = [...page.matchAll(/--allow ([\w,-]+)/g)].flatMap(([, ids = '']) => ids.split(','));
	expect(shown.length).toBeGreaterThan(0);
	for (const id of shown) expect(DoubtId.options).toContain(id);
});
