import { describe, expect, test } from 'vitest';
import { checkOf, evidenceOf } from '../testing/evidence.ts';
import { reviewOf } from '../testing/review.ts';
import { headline } from './headline.ts';

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
			sentence: 'The flag on the command was broken: S1 and L1 do not hold.',
		});
	});

	test('is unknown where a canary was missed, and where nothing was run', () => {
		const evidence = evidenceOf({ verdict: 'unknown', reason: 'the canary was not caught' });
		expect(headline(reviewOf({ evidence })).sentence).toBe(
			'Nothing is decided: the canary was not caught.',
		);
		expect(headline(reviewOf({ evidence: null })).verdict).toBe('unknown');
	});
});

test('the bound counts only configurations that were gone through to their end', () => {
	const checks = [checkOf({ states: 10 }), checkOf({ states: 5000, ending: 'out of memory' })];
	expect(headline(reviewOf({ evidence: evidenceOf({ checks }) })).bound).toContain(
		'all 10 states of 1 small configuration of the model',
	);
	expect(headline(reviewOf({ evidence: evidenceOf({ checks: [] }) })).bound).toContain(
		'nothing was gone through exhaustively',
	);
});
