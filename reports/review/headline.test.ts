import { describe, expect, test } from 'vitest';
import { Design } from '../../model/vocabulary/design.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { designsOf } from '../testing/designs.ts';
import { checkOf, evidenceOf, sourceOf } from '../testing/evidence.ts';
import { reviewOf } from '../testing/review.ts';
import { headline } from './headline.ts';
import type { ReviewInput } from './input.ts';
import { matrix } from './matrix.ts';

describe('the verdict in one sentence', () => {
	test('says what the chosen design keeps and what the others break', () => {
		expect(headline(reviewOf()).sentence).toBe(
			'The flag on the command keeps all 2 guarantees; the REST endpoint breaks 2, the local status API breaks 1 and the auto.retry command breaks 1.',
		);
	});

	test('names what is broken', () => {
		const usual = evidenceOf();
		const guarantees = usual.guarantees.map((one) => ({ ...one, verdict: 'violated' as const }));
		const evidence = evidenceOf({ verdict: 'violated', guarantees });
		expect(headline(reviewOf({ evidence }))).toMatchObject({
			verdict: 'violated',
			sentence:
				'The flag on the command was broken: bounded restarts (S1) and promised restart (L1) do not hold.',
		});
	});

	test('is unknown where a canary was missed, and where nothing was run', () => {
		const evidence = evidenceOf({ verdict: 'unknown', reason: 'the canary was not caught' });
		expect(headline(reviewOf({ evidence })).sentence).toBe(
			'Nothing is decided: the canary was not caught. In what was tried, 2 of 2 guarantees were kept.',
		);
		expect(headline(reviewOf({ evidence: null, designs: null }))).toMatchObject({
			verdict: 'unknown',
			sentence: 'Nothing is decided: the flag on the command was not put on trial.',
			tallies: [],
		});
		expect(headline(reviewOf({ evidence: null })).sentence).toBe(
			'Nothing is decided: the flag on the command was tried beside the others only, and not verified. In what was tried, 4 of 5 guarantees were kept.',
		);
	});

	test('is broken where the trial of the designs broke what the verification kept', () => {
		const usual = designsOf();
		const designs = designsOf({
			designs: usual.designs.map((one) =>
				one.design === 'flag'
					? {
							...one,
							cells: one.cells.map((cell) =>
								cell.guarantee === 'S8' ? { ...cell, verdict: 'violated' as const } : cell,
							),
						}
					: one,
			),
		});
		expect(headline(reviewOf({ designs }))).toMatchObject({
			verdict: 'violated',
			sentence: 'The flag on the command was broken: S8 does not hold.',
		});
	});

	test('says what is wrong where no guarantee is broken', () => {
		const finding = {
			kind: 'diverged' as const,
			guarantee: null,
			sentence: 'they differ',
			source: 'corpus',
			events: 3,
			token: null,
		};
		const stuck = {
			guarantee: 'deadlock',
			name: 'nothing-is-left-for-ever',
			sentence: 'The task waits for ever.',
			events: 4,
			unavoidable: null,
			loop: null,
			token: null,
		};
		const saidOf = (changes: Partial<Evidence>): string =>
			headline(reviewOf({ evidence: evidenceOf({ verdict: 'violated', ...changes }) })).sentence;
		expect(saidOf({ findings: [finding] })).toBe('Model and reference do not agree: they differ.');
		expect(saidOf({ checks: [checkOf({ violations: [stuck] })] })).toBe(
			'The flag on the command was broken: The task waits for ever.',
		);
		const source = sourceOf({ stories: 3, verdict: 'violated', note: 'a.yml:3:1' });
		expect(saidOf({ sources: [source] })).toBe('Not all went as it should: scenarios, a.yml:3:1.');
	});
});

test('the bound counts only configurations that were gone through to their end', () => {
	const boundOf = (checks: Evidence['checks']): string =>
		headline(reviewOf({ evidence: evidenceOf({ checks }) })).bound;
	const cut = checkOf({ states: 5000, ending: 'out of memory' });
	expect(boundOf([checkOf({ states: 10 }), cut])).toContain(
		'all 10 states of 1 small configuration of the model were gone through and 1 further small configuration of the model was not gone through to the end, with 5,000 states looked at',
	);
	expect(boundOf([cut, checkOf({ states: 0, ending: 'not begun' })])).toContain(
		'; 2 small configurations of the model were not gone through to the end, with 5,000 states looked at.',
	);
	expect(boundOf([])).toContain('; nothing was gone through exhaustively.');
});

describe('headline, bound and tallies say the same', () => {
	const { guarantees } = evidenceOf();
	const VERDICTS: Record<Verdict, Partial<Evidence>> = {
		holds: {},
		unknown: { verdict: 'unknown', reason: 'corpus: no story was told' },
		violated: {
			verdict: 'violated',
			guarantees: guarantees.map((one, at) => (at === 0 ? { ...one, verdict: 'violated' } : one)),
		},
	};
	const cut = checkOf({ configuration: 'quota', states: 5000, ending: 'out of memory' });
	const CHECKS: Record<string, Evidence['checks']> = {
		none: [],
		complete: [checkOf({ states: 10 })],
		'in part': [checkOf({ states: 10 }), cut],
		'not one complete': [cut],
	};
	const all = designsOf();
	const DESIGNS: Record<string, ReviewInput['designs']> = {
		absent: null,
		all,
		'without the flag': designsOf({ designs: all.designs.slice(0, 2) }),
		'the flag alone': designsOf({ designs: all.designs.slice(3) }),
		none: designsOf({ designs: [] }),
	};
	const CASES = Object.keys(VERDICTS).flatMap((verdict) =>
		Object.keys(CHECKS).flatMap((checks) =>
			Object.keys(DESIGNS).map((designs) => [verdict as Verdict, checks, designs] as const),
		),
	);

	test.each(CASES)('%s, checks %s, designs %s', (verdict, checks, designs) => {
		const input = reviewOf({
			evidence: evidenceOf({ ...VERDICTS[verdict], checks: CHECKS[checks] ?? [] }),
			designs: DESIGNS[designs] ?? null,
		});
		const said = headline(input);
		const tally = (what: string): string | undefined =>
			said.tallies.find((one) => one.what === what)?.value;
		const { columns } = matrix(input);
		expect(said.verdict).toBe(verdict);
		expect(columns.find(({ design }) => design === 'flag')?.verdict).toBe(verdict);

		const onTrial = columns.filter((one) => one.verdict !== null).length;
		expect(onTrial).toBeGreaterThan(0);
		expect(tally('designs on trial')).toBe(`${onTrial} of ${Design.options.length}`);

		const kept = verdict === 'violated' ? '1 of 2' : '2 of 2';
		expect(tally('guarantees kept')).toBe(verdict === 'holds' ? kept : undefined);
		expect(tally('guarantees kept in what was tried')).toBe(verdict === 'holds' ? undefined : kept);
		if (verdict === 'unknown') expect(said.sentence).toContain('In what was tried, 2 of 2');
		if (verdict === 'holds') expect(said.sentence).toContain('all 2 guarantees');

		const whole = tally('states of configurations gone through');
		const others = tally('states of configurations not gone through');
		expect(whole).toBe(checks === 'complete' || checks === 'in part' ? '10' : '0');
		expect(others).toBe(
			checks === 'in part' || checks === 'not one complete' ? '5,000' : undefined,
		);
		expect(said.bound.includes('nothing was gone through')).toBe(checks === 'none');
		expect(said.bound.includes(`all ${whole} states`)).toBe(whole !== '0');
		expect(said.bound.includes('5,000')).toBe(others !== undefined);
	});
});

test('a canary that no story was told against was not released, and is not called missed', () => {
	const { canary } = evidenceOf();
	const fate = (stories: number): string | undefined =>
		headline(
			reviewOf({ evidence: evidenceOf({ canary: { ...canary, caught: false, stories } }) }),
		).tallies.find(({ what }) => what === 'canary')?.value;
	expect(fate(0)).toBe('✕ not released');
	expect(fate(7)).toBe('✕ missed');
});
