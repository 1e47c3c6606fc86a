import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import { guarantees } from './index.ts';
import { SITUATIONS, WITNESSES } from './situations.ts';
import { resting, setupToJudge } from './testing/seen.ts';

describe('situations', () => {
	it('have names of their own', () => {
		const names = SITUATIONS.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('put to the test a half that its guarantee has', () => {
		const halves = guarantees.flatMap(({ id, witness }) =>
			witness.map(({ name }) => `${id} ${name}`),
		);
		for (const { name, guarantee, half } of SITUATIONS)
			expect(halves, name).toContain(`${guarantee} ${half}`);
	});

	it.each<[Event, string]>([
		[{ kind: 'minutes-pass', minutes: 1439 }, 'S7 ran-out'],
		[{ kind: 'host-unreachable', host: 'h' }, 'S7 ran-out'],
		[{ kind: 'user-aborts', task: 'a' }, 'S7 given-back'],
	])(
		'tell a slot that ran out from one that was given back, however time passes',
		(event, name) => {
			const setup = setupToJudge();
			const first = resting(setup);
			const minute = name === 'S7 ran-out' ? 1440 : 0;
			const before = { ...first, quota_used: 1 };
			const after = { ...first, quota_used: 0, minute };
			const moment = { setup, before, event, after };
			const reached = WITNESSES.filter(
				(one) => one.guarantee === 'S7' && one.reached(moment, true),
			);
			expect(reached.map((one) => one.name)).toEqual([name]);
		},
	);

	it('are the witnesses of every half of every guarantee, and more', () => {
		expect(WITNESSES.map(({ guarantee }) => guarantee)).toEqual(
			guarantees.flatMap(({ id, witness }) => witness.map(() => id)),
		);
		expect(SITUATIONS.length).toBeGreaterThan(WITNESSES.length);
	});
});
