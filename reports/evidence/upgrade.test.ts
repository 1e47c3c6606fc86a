import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkContradictionsOf } from '../judging/check-contradictions.ts';
import { contradictionsOf } from '../judging/contradictions.ts';
import { designContradictionsOf } from '../judging/design-contradictions.ts';
import { CheckEvidence } from './check-evidence.ts';
import { DesignsEvidence } from './design-evidence.ts';
import { Evidence } from './evidence.ts';

/** Files of before a guarantee was said to be exercised: `npx mulligan` wrote that it mattered. */
const former = (name: string): string =>
	readFileSync(join(import.meta.dirname, '../testing', `former-${name}`), 'utf8');

test('evidence of before "exercised" was the word is believed, and says it', () => {
	const evidence = Evidence.parse(JSON.parse(former('evidence.json')));
	expect(contradictionsOf(evidence)).toEqual([]);
	expect(evidence).toMatchObject({
		reasons: [{ id: 'never-exercised', says: 'S4, S5 never exercised' }],
		allowed: ['never-exercised'],
	});
	const s4 = evidence.guarantees.find(({ id }) => id === 'S4');
	expect(s4).toMatchObject({ exercised: 0, reason: 'it was never exercised' });
});

test('so is that of a check', () => {
	const evidence = CheckEvidence.parse(JSON.parse(former('check.json')));
	expect(checkContradictionsOf(evidence)).toEqual([]);
	expect(evidence.reasons.map(({ id }) => id)).toEqual(['never-exercised']);
});

test('so is that of a trial of the designs', () => {
	const evidence = DesignsEvidence.parse(JSON.parse(former('designs.json')));
	expect(designContradictionsOf(evidence)).toEqual([]);
	expect(evidence.designs[0]?.parts[0]?.exercised).toMatchObject({ S1: 3 });
});

test('what has both words is refused: one of them is made up', () => {
	const evidence = JSON.parse(former('evidence.json'));
	evidence.guarantees[0].exercised = 1;
	expect(Evidence.safeParse(evidence).success).toBe(false);
});

test.each(['evidence.json', 'check.json', 'designs.json'])('%s has the old word still', (name) => {
	expect(former(name)).toContain('mattered');
});
