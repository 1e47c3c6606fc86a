import type { ConfigurationEvidence, ViolationEvidence } from '../evidence/check-evidence.ts';
import type { Evidence, SourceEvidence } from '../evidence/evidence.ts';

/** A check in which all is well; parts can be replaced. */
export const checkOf = (changes: Partial<ConfigurationEvidence> = {}): ConfigurationEvidence => ({
	configuration: 'blocks',
	covers: 'One task with a flagged command in each block.',
	bounds: { messages: 2, losses: 1, outcomes: ['succeeded', 'failed'] },
	verdict: 'holds',
	ending: 'complete',
	states: 31_227,
	generated: 165_082,
	cut: 6954,
	depth: 33,
	bytes: 1_000_000,
	coverage: null,
	seconds: 3.45,
	unjudged: [],
	holds: ['S1', 'L1', 'deadlock'],
	violations: [],
	reached: null,
	tour: null,
	...changes,
});

/** A source in which all is well; parts can be replaced. */
export const sourceOf = (changes: Partial<SourceEvidence> = {}): SourceEvidence => ({
	name: 'scenarios',
	stories: 1,
	verdict: 'holds',
	note: null,
	broken: 0,
	flagged_failures: null,
	interrupted: false,
	...changes,
});

/** A broken promise of the checker; parts can be replaced. */
export const violationOf = (changes: Partial<ViolationEvidence> = {}): ViolationEvidence => ({
	guarantee: 'S1',
	name: 'bounded-restarts',
	sentence: 'One restart too many.',
	events: 6,
	unavoidable: null,
	loop: null,
	token: 'v1.check',
	...changes,
});

/** Evidence in which all is well; parts can be replaced. */
export const evidenceOf = (changes: Partial<Evidence> = {}): Evidence => ({
	format: 'mulligan evidence',
	version: 1,
	created_at: '2024-02-29T12:00:00.000Z',
	verdict: 'holds',
	reason: null,
	reasons: [],
	mulligan: '0.1.0',
	commit: null,
	shard: null,
	allowed: [],
	interrupted: false,
	stories_asked: null,
	design_named: false,
	profile: 'quick',
	seed: 42,
	node: 'v20.0.0',
	seconds: 12.3456,
	systems: ['model', 'reference'],
	design: 'flag',
	project: {
		file: 'project.yml',
		tasks: 3,
		task_instances: 4,
		flagged_tasks: 2,
		digest: '0123456789abcdef',
		counts: null,
		trial: null,
		warnings: ['project.yml:7:3: the flag on a call has no effect (put it on the command)'],
	},
	bound: { story_events: 120, tasks: 3, hosts: 2, seconds: 7 },
	stories: 1000,
	events: 30_000,
	steps: 40_000,
	unrested: 0,
	sources: [
		sourceOf({ name: 'corpus', stories: 1 }),
		sourceOf({ name: 'generated projects', stories: 999, flagged_failures: 5 }),
	],
	guarantees: [
		{
			id: 'S1',
			name: 'bounded-restarts',
			statement: 'A task is not restarted more often than allowed.',
			witness: 'A mark on a task whose budget is spent.',
			fairness: null,
			verdict: 'holds',
			reason: null,
			stories: 12,
			exercised: 34,
		},
		{
			id: 'L1',
			name: 'promised-restart',
			statement: 'A promised restart happens.',
			witness: 'A granted mark.',
			fairness: 'The server comes back.',
			verdict: 'holds',
			reason: null,
			stories: 56,
			exercised: 78,
		},
	],
	situations: [],
	findings: [],
	canary: {
		name: 'count not checked',
		caught: true,
		stories: 22,
		sentence: 'One restart too many.',
		events: 9,
		token: 'v1.canary',
	},
	machines: [{ machine: 'task', transitions: 60, taken: 59, missing: ['task on FORGED [late]'] }],
	configurations: ['blocks'],
	checks: [checkOf()],
	graphs: [],
	scenarios: [],
	told: [],
	...changes,
});

/** What is hostile to XML, Markdown and tables at once. */
export const HOSTILE = '</failure><script>"&\'|`*\n]]>\u{0}\u{1b}[31m\u{202e}\u{d800}ü👩‍🔧';

/** Evidence of a violation, with hostile text wherever text may stand. */
export const hostileEvidence = (): Evidence => {
	const evidence = evidenceOf();
	const { project, canary } = evidence;
	return {
		...evidence,
		verdict: 'violated',
		project: project && { ...project, file: HOSTILE, warnings: [HOSTILE] },
		sources: [
			sourceOf({ name: HOSTILE, stories: 999, verdict: 'violated', broken: 1, note: HOSTILE }),
			sourceOf({ name: 'scenarios', verdict: 'violated', broken: 1 }),
			sourceOf({ name: 'corpus', stories: 0, verdict: 'unknown' }),
		],
		guarantees: evidence.guarantees.map((guarantee, place) =>
			place === 0
				? { ...guarantee, verdict: 'violated' }
				: { ...guarantee, verdict: 'unknown', reason: HOSTILE },
		),
		findings: [
			{
				kind: 'violated',
				guarantee: 'S1',
				sentence: HOSTILE,
				source: 'scenarios: a-story.yml',
				events: 5,
				token: 'v1.finding',
			},
			{
				kind: 'diverged',
				guarantee: null,
				sentence: 'they differ',
				source: HOSTILE,
				events: 6,
				token: 'v1.other',
			},
		],
		canary: { ...canary, caught: false, sentence: null, events: null, token: null },
		machines: [{ machine: 'task', transitions: 1, taken: 0, missing: [HOSTILE] }],
		checks: [
			checkOf({
				configuration: HOSTILE,
				covers: HOSTILE,
				verdict: 'violated',
				ending: 'broken',
				violations: [
					{
						guarantee: 'deadlock',
						name: 'nothing-is-left-for-ever',
						sentence: HOSTILE,
						events: 15,
						unavoidable: 10,
						loop: [HOSTILE],
						token: 'v1.check',
					},
				],
			}),
			checkOf({ verdict: 'unknown', ending: 'out of memory' }),
		],
	};
};
