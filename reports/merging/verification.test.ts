import { describe, expect, test } from 'vitest';
import type { Evidence } from '../evidence/evidence.ts';
import { contradictionsOf } from '../judging/contradictions.ts';
import { checkOf } from '../testing/evidence.ts';
import { partOf } from '../testing/parts.ts';
import { sourcesOf, wholeEvidenceOf } from '../testing/whole-evidence.ts';
import { ForeignParts, type Part } from './parts.ts';
import { mergeVerifications } from './verification.ts';

const { canary, guarantees, project } = wholeEvidenceOf();
if (project === null) throw new Error('nothing is made up');

const missed = { ...canary, caught: false, sentence: null, events: null, token: null };

function merge(...parts: Part<Evidence>[]): Evidence {
	const merged = mergeVerifications(parts);
	expect(contradictionsOf(merged)).toEqual([]);
	return merged;
}

const problemsOf = (...parts: Part<Evidence>[]): readonly string[] => {
	try {
		mergeVerifications(parts);
	} catch (error) {
		if (error instanceof ForeignParts) return error.problems;
		throw error;
	}
	return [];
};

test('what holds in all parts holds, with the stories and seconds of all', () => {
	const merged = merge(partOf(2, 2), partOf(1, 2));
	expect(merged).toMatchObject({ verdict: 'holds', reasons: [], shard: null, stories: 2000 });
	expect(merged.seconds).toBeCloseTo(2 * 12.3456);
	expect(merged.guarantees.map(({ stories, exercised }) => [stories, exercised])).toEqual(
		guarantees.map(({ id }) => (id === 'S1' ? [24, 68] : [112, 156])),
	);
});

describe('refused are', () => {
	test('parts that are missing, each named', () => {
		expect(problemsOf(partOf(2, 4), partOf(4, 4))).toEqual([
			'evidence.json: of 4 parts these are missing: 1, 3',
		]);
		expect(problemsOf(partOf(1, 100))[0]).toMatch(/: 2, 3, .*, 21 and 79 more$/);
	});

	test('a part that is there twice', () => {
		const [one, two] = [partOf(1, 2), partOf(2, 2)];
		expect(problemsOf(one, two, { ...one, file: 'again' })).toEqual([
			'again: part 1 of 2 is also parts/1/evidence.json',
		]);
	});

	test('a whole run among parts, or alone', () => {
		const whole = { file: 'whole', evidence: wholeEvidenceOf() };
		const said = 'whole: it is a whole run, not a part of one (made without --shard)';
		expect(problemsOf(whole)).toEqual([said]);
		expect(problemsOf(whole, partOf(1, 2), partOf(2, 2))).toEqual([said]);
	});

	test('parts of another number', () => {
		expect(problemsOf(partOf(1, 2), partOf(2, 3))).toEqual([
			'parts/2/evidence.json: it is one of 3 parts, but parts/1/evidence.json is one of 2',
			'evidence.json: of 2 parts these are missing: 2',
		]);
	});

	test('no parts at all', () => {
		expect(problemsOf()).toEqual(['there is nothing to merge']);
	});

	test.each<[string, Partial<Evidence>, string]>([
		['commit', { commit: 'b2d4c87' }, 'its commit is b2d4c87, but that of'],
		['version', { mulligan: '0.0.9' }, 'its version is 0.0.9'],
		['profile', { profile: 'deep' }, 'its profile is deep'],
		['seed', { seed: 43 }, 'its seed is 43'],
		['number of stories', { stories_asked: 10 }, 'its --stories is 10'],
		['design', { design_named: true }, 'its --design is flag'],
		['design that is the usual', { design: 'rest', design_named: true }, 'its --design is rest'],
		['list of reasons to live with', { allowed: ['unrested'] }, 'its --allow is unrested'],
		['project', { project: { ...project, file: 'other.yml' } }, 'its project is other.yml'],
		[
			'digest',
			{ project: { ...project, digest: 'fedcba9876543210' } },
			'its digest of the project is fedcba9876543210',
		],
		['project file', { project: { ...project, flagged_tasks: 3 } }, 'its project is project.yml'],
		['reference', { systems: ['model', 'other'] }, 'its systems is model and other'],
		['canary', { canary: { ...canary, name: 'x' } }, 'its canary is x'],
	])('a part of another %s', (_, change, said) => {
		const problems = problemsOf(partOf(1, 2), partOf(2, 2, change));
		expect(problems.join('\n')).toContain(`parts/2/evidence.json: ${said}`);
	});
});

test('parts that say neither their commit nor their project are not taken for those of one run', () => {
	const unnamed = { project: { ...project, digest: null }, configurations: null };
	const said = 'the parts say neither of which commit they are nor which project they tried';
	expect(problemsOf(partOf(1, 2, unnamed), partOf(2, 2, unnamed))).toEqual([said]);
	const known = { ...unnamed, commit: 'b2d4c87' };
	expect(problemsOf(partOf(1, 2, known), partOf(2, 2, known))).toEqual([]);
});

describe('the canary', () => {
	test('is caught if one part caught it, after the stories that all parts told until then', () => {
		// The 6th story of the second part is the 2nd of its second setup, which is the 5th of all.
		const merged = merge(
			partOf(1, 3, { canary: { ...missed, stories: 40 } }),
			partOf(2, 3, { canary: { ...canary, stories: 6 } }),
			partOf(3, 3, { canary: { ...missed, stories: 40 } }),
		);
		expect(merged.canary).toEqual({ ...canary, stories: 18 });
		expect(merged.verdict).toBe('holds');
	});

	test('is caught by the story that comes first, where several caught it', () => {
		const [late, early] = [
			{ ...canary, stories: 5 },
			{ ...canary, stories: 4, sentence: 'Early.' },
		];
		const merged = merge(partOf(1, 2, { canary: late }), partOf(2, 2, { canary: early }));
		expect(merged.canary).toEqual({ ...early, stories: 8 });
	});

	test('is missed if no part caught it, and then nothing holds', () => {
		const parts = [1, 2].map((index) => partOf(index, 2, { canary: { ...missed, stories: 200 } }));
		for (const { evidence } of parts)
			expect(evidence.reasons.map(({ id }) => id)).toEqual(['part']);
		const merged = merge(...parts);
		expect(merged.canary).toMatchObject({ caught: false, stories: 400 });
		expect(merged.reasons.map(({ id }) => id)).toEqual(['canary-missed']);
		expect(new Set(merged.guarantees.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
	});
});

test('a guarantee was never exercised only where it was so in no part, a source told nothing likewise', () => {
	const told = (corpus: number, scenarios: number) => ({
		sources: sourcesOf([corpus, scenarios, 500, 500]),
		stories: corpus + scenarios + 1000,
	});
	const never = {
		guarantees: guarantees.map((row) =>
			row.id === 'S4' ? { ...row, stories: 0, exercised: 0 } : row,
		),
	};
	expect(
		merge(partOf(1, 2, told(200, 0)), partOf(2, 2, { ...told(0, 200), ...never })).verdict,
	).toBe('holds');
	const idle = merge(
		partOf(1, 2, { ...told(200, 0), ...never }),
		partOf(2, 2, { ...told(0, 0), ...never }),
	);
	expect(idle.reasons).toEqual([
		{ id: 'no-stories', says: 'scenarios: no story was told' },
		{ id: 'never-exercised', says: 'S4 never exercised' },
	]);
});

test('a part that was interrupted leaves all undecided', () => {
	const merged = merge(partOf(1, 2), partOf(2, 2, { interrupted: true }));
	expect(merged).toMatchObject({ verdict: 'unknown', reasons: [{ id: 'interrupted' }] });
});

test('a configuration that one part did not go through to its end is unknown', () => {
	const stuck = checkOf({ configuration: 'faults', ending: 'out of memory', holds: [] });
	const configurations = ['blocks-1', 'faults'];
	const merged = merge(
		partOf(1, 2, { configurations }),
		partOf(2, 2, { configurations, checks: [stuck] }),
	);
	expect(merged.reasons).toMatchObject([{ id: 'check-out-of-memory' }]);
	expect(merged.checks.map(({ configuration }) => configuration)).toEqual(['blocks-1', 'faults']);
});

test('of each kind the finding of the story that comes first is kept, by its source', () => {
	const finding = (source: string, place: number, guarantee: string | null = 'S1') => ({
		kind: guarantee === null ? ('diverged' as const) : ('violated' as const),
		guarantee,
		sentence: `${source} ${place}`,
		source,
		events: 1,
		place,
		token: null,
	});
	const sources = sourcesOf([1, 1, 500, 498]).map((source) => ({ ...source, broken: 1 }));
	const merged = merge(
		partOf(1, 2, {
			sources,
			findings: [finding('generated projects', 9, null), finding('generated projects', 1)],
		}),
		partOf(2, 2, {
			sources,
			findings: [finding('corpus: b.token', 3), finding('generated projects', 8, null)],
		}),
	);
	expect(merged.verdict).toBe('violated');
	expect(merged.findings.map(({ sentence }) => sentence)).toEqual([
		'corpus: b.token 3',
		'generated projects 8',
	]);
});

test('of differences the first is kept, whatever promise each is told by', () => {
	const named = (guarantee: string, place: number) => ({
		...{ kind: 'violated' as const, guarantee, sentence: guarantee, source: 'generated projects' },
		...{ events: 1, place, token: null },
		seen_first: { sentence: 'they differ', events: 1, token: null, stories: 3 },
	});
	const sources = sourcesOf([1, 1, 500, 498]).map((source) => ({ ...source, broken: 1 }));
	const merged = merge(
		partOf(1, 2, { sources, findings: [named('S1', 9)] }),
		partOf(2, 2, { sources, findings: [named('S2', 8)] }),
	);
	expect(merged.findings.map(({ guarantee }) => guarantee)).toEqual(['S2']);
});

test('a transition was never taken only where no part took it', () => {
	const machines = (...missing: string[]) => ({
		machines: [
			{ machine: 'task', transitions: 3, taken: 3 - missing.length, missing: missing.map(named) },
		],
		graphs: [
			{
				machine: 'task',
				states: [],
				transitions: ['a', 'b', 'c'].map((event) => ({
					...{ source: 'task', target: null, event, guard: null },
					count: missing.includes(event) ? 0 : 1,
				})),
			},
		],
	});
	const named = (event: string) => `task on ${event}`;
	const merged = merge(partOf(1, 2, machines('a', 'b')), partOf(2, 2, machines('b', 'c')));
	expect(merged.machines).toEqual([
		{ machine: 'task', transitions: 3, taken: 2, missing: ['task on b'] },
	]);
});
