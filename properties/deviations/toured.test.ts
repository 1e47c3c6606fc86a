import { expect, test } from 'vitest';
import { isNightly } from '../../packaging/levels/levels.ts';
import { mayBreak, overrideOf } from '../systems/fault.ts';
import { spaceOf } from '../tour/space.ts';
import { walked } from '../tour/walked.ts';
import { FAULTS } from './faults.ts';

/** All of them take half a minute: those that are far from the beginning are left to the night. */
const toured = FAULTS.flatMap((fault) => {
	const { id, where, toured } = fault;
	return toured === undefined || (toured.far === true && !isNightly)
		? []
		: [{ id, where, ...toured, reference: overrideOf(fault) }];
});

test.each(toured)(
	'the tour of $by finds $id ($where): $breaks',
	async ({ by, reference, breaks }) => {
		const { finding, ending } = await walked({ ...spaceOf(by), extent: 'every step', reference });
		expect(ending).toBe('found');
		expect(finding).toMatchObject({ guarantee: breaks, token: expect.any(String) });
	},
	60_000,
);

test('a tour finds no other promise broken than its fault may break', () => {
	for (const fault of FAULTS)
		if (fault.toured?.breaks != null) expect(mayBreak(fault)).toContain(fault.toured.breaks);
});
