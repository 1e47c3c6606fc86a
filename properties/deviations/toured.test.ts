import { expect, test } from 'vitest';
import { fromToken } from '../../model/vocabulary/stories/story.ts';
import { isNightly } from '../../packaging/levels/levels.ts';
import { faulty, mayBreak, overrideOf } from '../systems/fault.ts';
import { spaceOf } from '../tour/space.ts';
import { walked } from '../tour/walked.ts';
import { fallenHalves } from './fallen-halves.ts';
import { FAULTS } from './faults.ts';
import { HALVES } from './halves.ts';

/** All of them take half a minute: those that are far from the beginning are left to the night. */
const toured = FAULTS.flatMap((fault) => {
	const { id, where, toured } = fault;
	return toured === undefined || (toured.far === true && !isNightly)
		? []
		: [{ id, where, may: mayBreak(fault), ...toured, reference: overrideOf(fault) }];
});

test.each(toured)(
	'the tour of $by finds $id ($where): $breaks',
	async ({ id, by, reference, breaks, may }) => {
		const isNameless = may.length === 0;
		const { finding, ending } = await walked({ ...spaceOf(by), extent: 'every step', reference });
		expect(ending).toBe('found');
		expect(finding).toMatchObject({ token: expect.any(String) });
		if (breaks === null) {
			// What is told as a difference there breaks a promise in another story, if one speaks of it.
			const { guarantee = null, seen_first } = finding ?? {};
			expect(guarantee === null).toBe(isNameless);
			expect(seen_first === undefined).toBe(isNameless);
			if (guarantee !== null) expect(may).toContain(guarantee);
			return;
		}
		expect(finding).toMatchObject({ guarantee: breaks });
		const halves = await fallenHalves(faulty(reference, id), fromToken(finding?.token ?? ''));
		expect(HALVES[id]).toEqual(expect.arrayContaining(halves));
	},
	60_000,
);

test('a tour finds no other promise broken than its fault may break', () => {
	for (const fault of FAULTS)
		if (fault.toured?.breaks != null) expect(mayBreak(fault)).toContain(fault.toured.breaks);
});
