import { guarantees } from '../../model/guarantees/index.ts';
import { sayWitness } from '../../model/guarantees/situation.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { toToken } from '../../model/vocabulary/stories/story.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { judgeVerification, sayFlagged } from '../judging/verification.ts';
import { evidenceOf, sourceOf } from './evidence.ts';
import { narratedStory } from './narrated-story.ts';

/** A token of a story in which an hour passes so many times; each story has another `seed` in its name. */
export const tokenOfHours = (hours: number, name = 'p1'): string =>
	toToken({
		setup: Setup.parse({
			project: { id: name, tasks: [{ name: 'compile', commands: [] }] },
			tasks: [{ id: 't1', task: 'compile', variant: 'ubuntu' }],
			hosts: ['h1'],
		}),
		events: Array.from({ length: hours }, () => ({ kind: 'hours-pass' as const, hours: 1 })),
	});

const CANARY = tokenOfHours(9, 'canary');

/** What was told by the usual sources, which together come to a thousand stories. */
export const sourcesOf = (
	stories: readonly [corpus: number, scenarios: number, generated: number, own: number],
): Evidence['sources'] => {
	const [corpus, scenarios, generated, own] = stories;
	return [
		sourceOf({ name: 'corpus', stories: corpus }),
		sourceOf({ name: 'scenarios', stories: scenarios }),
		sourceOf({ name: 'generated projects', stories: generated, flagged_failures: 5 }),
		sourceOf({
			name: 'project.yml',
			stories: own,
			flagged_failures: 3,
			note: sayFlagged({ flagged_tasks: 2, tasks: 3 }),
		}),
	];
};

/** Evidence in which all is well, and nothing is missing that a file has to have; parts can be replaced. */
export const wholeEvidenceOf = (changes: Partial<Evidence> = {}): Evidence => {
	const small = evidenceOf();
	return {
		...small,
		sources: sourcesOf([1, 1, 500, 498]),
		guarantees: guarantees.map(({ id, name, statement, witness, fairness }) => ({
			...{ id, name, statement, witness: sayWitness({ witness }), fairness: fairness ?? null },
			verdict: 'holds',
			reason: null,
			...(id === 'S1' ? { stories: 12, exercised: 34 } : { stories: 56, exercised: 78 }),
		})),
		canary: { ...small.canary, token: CANARY },
		machines: [{ machine: 'lamp', transitions: 2, taken: 1, missing: ['lamp.on on PRESS [held]'] }],
		graphs: [
			{
				machine: 'lamp',
				states: [
					{ id: 'lamp.off', name: 'off', parent: null, initial: true },
					{ id: 'lamp.on', name: 'on', parent: null, initial: false },
				],
				transitions: [
					{ source: 'lamp.off', target: 'lamp.on', event: 'PRESS', guard: null, count: 7 },
					{ source: 'lamp.on', target: 'lamp.off', event: 'PRESS', guard: 'held', count: 0 },
				],
			},
		],
		told: [narratedStory({ token: CANARY, about: null })],
		...changes,
	};
};

/** The same, judged; sources in which something was found are broken, and its stories are told. */
export const judgedEvidenceOf = (changes: Partial<Evidence> = {}): Evidence => {
	const evidence = wholeEvidenceOf(changes);
	const { findings, checks } = evidence;
	const shown = [...findings, ...checks.flatMap(({ violations }) => violations)];
	return judgeVerification({
		...evidence,
		sources: evidence.sources.map((source) =>
			findings.some((finding) => finding.source === source.name)
				? { ...source, broken: 1 }
				: source,
		),
		told: [
			...evidence.told,
			...new Map(
				shown.flatMap(({ token, guarantee }) =>
					token === null
						? []
						: [[`${token} ${guarantee}`, narratedStory({ token, about: guarantee })] as const],
				),
			).values(),
		],
	});
};
