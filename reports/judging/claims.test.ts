import { expect, test } from 'vitest';
import { guarantees } from '../../model/guarantees/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import type { DesignCell, DesignEvidence } from '../evidence/design-evidence.ts';
import { claimsOf } from './claims.ts';

const cell = (guarantee: string, verdict: DesignCell['verdict']): DesignCell => ({
	guarantee,
	verdict,
	reason: verdict === 'unknown' ? 'it was never exercised' : null,
	stories: 1,
	configurations: [],
	sentence: verdict === 'violated' ? 'It fell.' : null,
	events: verdict === 'violated' ? 3 : null,
	token: null,
});

/** Designs under which everything holds but what is said. */
const designs = (
	said: Partial<Record<Design, Record<string, DesignCell['verdict']>>>,
): DesignEvidence[] =>
	Design.options.map((design, place) => ({
		design,
		option: place + 1,
		summary: design,
		verdict: 'holds',
		stories: 1,
		states: 1,
		cells: guarantees.map(({ id }) => cell(id, said[design]?.[id] ?? 'holds')),
		facts: [],
		parts: [],
	}));

/** What became of the claims R1 to R4; those about other designs are not these tests'. */
const verdicts = (given: readonly DesignEvidence[]): string[] =>
	claimsOf(given)
		.filter(({ id }) => ['R1', 'R2', 'R3', 'R4'].includes(id))
		.map(({ verdict }) => verdict);

test('a claim against a design is refuted where all that it says falls holds', () => {
	expect(verdicts(designs({}))).toEqual(['refuted', 'refuted', 'refuted', 'confirmed']);
});

test('one of the guarantees that a claim names is enough to confirm it', () => {
	const given = designs({ 'auto-retry': { L1: 'violated' }, rest: { S8: 'violated' } });
	expect(verdicts(given)).toEqual(['confirmed', 'refuted', 'confirmed', 'confirmed']);
});

test('what is said to fall besides decides nothing', () => {
	expect(verdicts(designs({ rest: { S2: 'violated' } }))[0]).toBe('refuted');
});

test('a claim is not shown while a guarantee that it rests on is unknown', () => {
	const given = designs({
		'local-api': { S8: 'unknown' },
		'auto-retry': { L1: 'unknown' },
		flag: { S3: 'unknown' },
	});
	expect(verdicts(given)).toEqual(['refuted', 'not shown', 'not shown', 'not shown']);
});

test('the claim for the flag is refuted by any guarantee that falls', () => {
	const claims = claimsOf(designs({ flag: { C3: 'violated', S3: 'unknown' } }));
	const last = claims.find(({ design }) => design === 'flag');
	expect(last).toMatchObject({ id: 'R4', verdict: 'refuted' });
	expect(last?.because).toContain('C3 falls in 3 events');
});

test('designs that were not tried confirm and refute nothing', () => {
	expect(new Set(verdicts([]))).toEqual(new Set(['not shown']));
});
