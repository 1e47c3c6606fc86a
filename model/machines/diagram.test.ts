import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagram } from './diagram.ts';
import { machines } from './index.ts';

describe('the diagrams in docs/machines', () => {
	it.each(Object.entries(machines))(
		'shows %s as it is (else: npm run diagrams)',
		(name, machine) => {
			const file = new URL(`../../docs/machines/${name}.md`, import.meta.url);
			expect(readFileSync(file, 'utf8')).toBe(diagram(name, machine));
		},
	);

	it('shows every state and every event of a machine', () => {
		const drawn = diagram('task', machines.task);
		for (const word of ['undispatched', 'inProgress', 'ended', 'DISPATCH', 'FINISH [merge queue]'])
			expect(drawn).toContain(word);
	});
});
