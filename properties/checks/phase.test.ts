import { expect, test } from 'vitest';
import { sayPhase } from './phase.ts';

const exploring = { phase: 'exploring', depth: 12, generated: 9, bytes: 1_200_000 } as const;

test('an exploration tells its depth, states, pace, and by trend how long it takes at the least', () => {
	expect(sayPhase({ ...exploring, states: 120_000, waiting: 20_000 }, 2)).toBe(
		'exploring, depth 12, 120,000 states, 60,000/s, 20,000 waiting, 2 MB, at least 1 s left',
	);
	expect(sayPhase({ ...exploring, states: 20_000, waiting: 19_000 }, 100)).toContain(
		'at least 32 min left',
	);
	expect(sayPhase({ ...exploring, states: 200_000, waiting: 199_000 }, 100)).toContain(
		'at least 6 h left',
	);
});

test('a judgement of liveness tells which time it goes through the states, and how many are left', () => {
	expect(sayPhase({ phase: 'judging liveness', sweep: 2, left: 65_536 }, 2)).toBe(
		'judging liveness, sweep 2, 65,536 states left',
	);
});
