import { guarantees } from '../../model/guarantees/index.ts';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { inWords } from './lights.ts';
import type { Goal } from './search.ts';

const seen = (words: string, isReached: (seen: Observation) => boolean): Goal => ({
	words,
	judges: [],
	isReached,
});

/** Where things get tight, each as people would ask for it. */
const SITUATIONS: readonly Goal[] = [
	seen('a mark has been granted', ({ tasks }) => tasks.some(({ mark }) => mark === 'granted')),
	seen('a task has been restarted automatically', ({ tasks }) =>
		tasks.some(({ started_by }) => started_by.by === 'mark'),
	),
	seen(
		'a restart is pending and the server is down',
		({ tasks, server }) => server === 'down' && tasks.some((task) => task.restart_pending),
	),
	seen('a restart is pending of an execution that has ended', ({ tasks }) =>
		tasks.some(
			({ restart_pending, status }) =>
				restart_pending && (status === 'failed' || status === 'success'),
		),
	),
	seen('an abort has withdrawn a mark', ({ tasks }) =>
		tasks.some(({ mark }) => mark === 'withdrawn'),
	),
	seen('a mark is refused', ({ tasks }) => tasks.some(({ mark }) => mark.startsWith('refused'))),
	seen('the server has a host down for what its agent does not hold', ({ hosts }) =>
		hosts.some(
			({ assigned, execution }) =>
				assigned !== null &&
				(execution?.task !== assigned.task || execution.execution !== assigned.execution),
		),
	),
];

const anyBroken: Goal = {
	words: 'any promise is broken',
	judges: guarantees,
	isReached: (_, judged, before) =>
		judged.some(({ broken }, place) => broken !== null && before[place]?.broken === null),
};

/** All that the explorer can be asked to go to. */
export const GOALS: Readonly<Record<'situations' | 'tested' | 'broken', readonly Goal[]>> = {
	situations: SITUATIONS,
	tested: guarantees.map((guarantee) => ({
		words: `${inWords(guarantee)} (${guarantee.id}) is put to the test`,
		judges: [guarantee],
		isReached: (_, [judged], [before]) => (judged?.exercised ?? 0) > (before?.exercised ?? 0),
	})),
	broken: [
		anyBroken,
		...guarantees.map(
			(guarantee): Goal => ({
				words: `${inWords(guarantee)} (${guarantee.id}) is broken`,
				judges: [guarantee],
				isReached: (_, [judged], [before]) => judged?.broken != null && before?.broken === null,
			}),
		),
	],
};

/** To where a promise is put to the test, and to where it is broken. */
export const goalsOf = (id: string): readonly Goal[] =>
	[GOALS.tested, GOALS.broken].flatMap((goals) =>
		goals.filter(({ judges }) => judges.length === 1 && judges[0]?.id === id),
	);
