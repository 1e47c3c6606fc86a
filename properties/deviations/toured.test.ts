import { expect, test } from 'vitest';
import { spaceOf } from '../testing/spaces.ts';
import { walked } from '../tour/walked.ts';
import { AGENT_FAULTS } from './agent-faults.ts';
import { TASK_FAULTS } from './task-faults.ts';
import { UNIT_FAULTS } from './unit-faults.ts';

const FAULTS = [...UNIT_FAULTS, ...TASK_FAULTS, ...AGENT_FAULTS];

/** All of them take half a minute. */
const isNightly = process.env['MULLIGAN_TESTS'] === 'nightly';

test.each(FAULTS.filter(({ isFar = false }) => isNightly || !isFar))(
	'the tour of $foundBy finds that $what ($transition): $breaks',
	async ({ foundBy, reference, breaks }) => {
		const { finding, ending } = await walked({
			...spaceOf(foundBy),
			extent: 'every step',
			reference,
		});
		expect(ending).toBe('found');
		expect(finding).toMatchObject({ guarantee: breaks, token: expect.any(String) });
	},
	60_000,
);
