import { expect, test } from 'vitest';
import { designsOf } from '../testing/designs.ts';
import { wholeEvidenceOf } from '../testing/whole-evidence.ts';
import { DesignsEvidence } from './design-evidence.ts';
import { Evidence } from './evidence.ts';

/*
 * Before a guarantee was said to be exercised, `npx mulligan` wrote that it mattered: evidence of today in words of
 * that time is read as evidence of today.
 */

const evidence = (): Evidence => {
	const whole = wholeEvidenceOf();
	return {
		...whole,
		guarantees: whole.guarantees.map((one) =>
			one.id === 'S4'
				? { ...one, verdict: 'unknown', exercised: 0, reason: 'it was never exercised' }
				: one,
		),
		reasons: [{ id: 'never-exercised', says: 'S4, S5 never exercised' }],
		allowed: ['never-exercised'],
	};
};

const designs = (): DesignsEvidence => designsOf();

/** The same as it was written then. */
const former = (given: unknown): string =>
	JSON.stringify(given)
		.replaceAll('"exercised":', '"mattered":')
		.replaceAll('never-exercised', 'never-mattered')
		.replaceAll('was never exercised', 'never mattered')
		.replaceAll('never exercised', 'never mattered');

test.each([
	['a verification', Evidence, evidence()],
	['a trial of the designs', DesignsEvidence, designs()],
])(
	'evidence of %s in the words of before says what it says in those of today',
	(_, schema, today) => {
		const text = former(today);
		expect(text).toContain('mattered');
		expect(text).not.toContain('exercised');
		expect(schema.parse(JSON.parse(text))).toEqual(schema.parse(today));
	},
);

test('what has both words is refused: one of them is made up', () => {
	const both = JSON.parse(former(evidence()));
	both.guarantees[0].exercised = 1;
	expect(Evidence.safeParse(both).success).toBe(false);
});
