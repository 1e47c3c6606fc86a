import { expect, test } from 'vitest';
import { evidenceOf, hostileEvidence } from '../testing/evidence.ts';
import { Evidence, MAX_FINDINGS } from './evidence.ts';

const finding = {
	kind: 'diverged',
	guarantee: null,
	sentence: 'they differ',
	source: 'corpus',
	events: 1,
	token: 'v1.a',
} as const;

test('evidence comes back from JSON as it was', () => {
	for (const evidence of [evidenceOf(), evidenceOf({ project: null }), hostileEvidence()])
		expect(Evidence.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(
			JSON.parse(JSON.stringify(evidence)),
		);
});

test.each<[string, object]>([
	['another format', { format: 'junit' }],
	['another version', { version: 2 }],
	['an unknown verdict', { verdict: 'fine' }],
	['an unknown profile', { profile: 'slow' }],
	['a seed that is no whole number', { seed: 1.5 }],
	['less than no stories', { stories: -1 }],
	['half an event', { events: 0.5 }],
	['endless time', { seconds: Number.POSITIVE_INFINITY }],
	['an unknown key', { extra: 1 }],
	['a project without its file', { project: { tasks: 1 } }],
	['a reason as long as a book', { reason: 'x'.repeat(2001) }],
	['more findings than are kept', { findings: Array(MAX_FINDINGS + 1).fill(finding) }],
	['an unknown kind of finding', { findings: [{ ...finding, kind: 'odd' }] }],
	['a token beyond all bounds', { findings: [{ ...finding, token: 'x'.repeat(200_001) }] }],
	['no guarantees', { guarantees: undefined }],
	['no canary', { canary: null }],
])('evidence with %s is refused', (_, change) => {
	expect(Evidence.safeParse({ ...evidenceOf(), ...change }).success).toBe(false);
});

test('the most findings that are kept are accepted', () => {
	const findings = Array(MAX_FINDINGS).fill(finding);
	expect(Evidence.safeParse({ ...evidenceOf(), findings }).success).toBe(true);
});
