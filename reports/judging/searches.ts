import { WITNESSES } from '../../model/guarantees/situations.ts';
import type { Design } from '../../model/vocabulary/design.ts';
import type { ConfigurationEvidence } from '../evidence/check-evidence.ts';
import type { MachineGraph } from '../evidence/machine-graph.ts';
import { isIn, type Shard, WHOLE } from '../evidence/shard.ts';
import { ANEW_EVERY, type TourEvidence, type TourFinding } from '../evidence/tour-evidence.ts';
import type { MachineEvidence } from '../evidence/verdict.ts';
import { DEADLOCK, strangers } from './guarantee-rows.ts';
import { listed, never, repeated } from './said.ts';
import type { Shown } from './tokens.ts';

/** What cannot be of the searches of a run, or of part of one. `asked`: all configurations of the run; null: not known. */
export function searchContradictions({
	checks,
	configurations: asked,
	shard,
}: {
	readonly checks: readonly ConfigurationEvidence[];
	readonly configurations: readonly string[] | null;
	readonly shard: Shard | null;
}): string[] {
	const names = checks.map(({ configuration }) => configuration);
	return [
		...checks.flatMap(checkContradictions),
		...(asked === null
			? repeated(names.map((name) => `configuration ${name}`))
			: [
					...listed(
						'configuration',
						names,
						asked.filter((_, place) => isIn(shard ?? WHOLE, place)),
					),
					...repeated(asked.map((name) => `configuration ${name}`)),
				]),
	];
}

/** A search that is complete has seen a state, and no way is longer than there are states. */
function checkContradictions(check: ConfigurationEvidence): string[] {
	const { configuration, ending, states, generated, depth, coverage, unjudged, holds } = check;
	const name = `configuration ${configuration}`;
	const broken = check.violations.map(({ guarantee }) => guarantee);
	const ids = [...holds, ...broken, ...unjudged];
	const strange = strangers(ids, [DEADLOCK.id]);
	const isComplete = ending === 'complete';
	return [
		...never(isComplete && states === 0, `${name} is said to be complete, but has no states`),
		...never(depth > states, `${name} is said to be ${depth} deep, but has ${states} states`),
		...never(
			isComplete && coverage !== null,
			`${name} is said to be complete, but only part of it was covered`,
		),
		...never(
			ending === 'approximate' && coverage === null,
			`${name} is said to be approximate, but not how much of it was covered`,
		),
		...never(
			generated < states - 1,
			`${name} is said to have ${states} states, but ${generated} steps lead to them`,
		),
		...never(
			ending === 'not begun' && states + generated > 0,
			`${name} is said not to be begun, but has ${states} states`,
		),
		...never(
			ending === 'broken' && broken.length === 0,
			`${name} is said to be broken, but no promise is`,
		),
		...never(
			holds.length > 0 && !isComplete,
			`${name} is said to hold ${holds.join(', ')}, but its ending is "${ending}"`,
		),
		...never(
			strange.length > 0,
			`${name} speaks of ${strange.join(', ')}, and there is no such guarantee`,
		),
		...repeated(ids.map((id) => `guarantee ${id} in ${name}`)),
		...halfContradictions(name, check),
		...tourContradictions(name, check),
		...check.violations.flatMap(({ guarantee, events, unavoidable }) =>
			never(
				unavoidable !== null && unavoidable > events,
				`${guarantee} in ${name} is said to be unavoidable after event ${unavoidable} of ${events}`,
			),
		),
	];
}

/** Halves are put to the test by steps, and a guarantee one of whose halves was and that is not broken holds. */
function halfContradictions(
	name: string,
	{ ending, generated, holds, violations, unjudged, reached }: ConfigurationEvidence,
): string[] {
	const halves = reached ?? [];
	const known = WITNESSES.filter((half) => halves.includes(half.name));
	const settled = [...holds, ...unjudged, ...violations.map(({ guarantee }) => guarantee)];
	const strange = halves.filter((half) => known.every((one) => one.name !== half));
	// What is owed at last may be owed nowhere, though it was put to the test.
	const untold = known.filter(
		({ guarantee }) => !guarantee.startsWith('L') && !settled.includes(guarantee),
	);
	return [
		...never(
			strange.length > 0,
			`${name} is said to put ${strange.join(', ')} to the test, and there is no such half`,
		),
		...never(
			halves.length > 0 && generated === 0,
			`${name} is said to put ${halves.join(', ')} to the test, but no step was found`,
		),
		...never(
			ending === 'complete' && untold.length > 0,
			`${name} is said to put ${untold.map((half) => half.name).join(', ')} to the test, but not to hold it`,
		),
		...repeated(halves.map((half) => `half ${half} in ${name}`)),
	];
}

function tourContradictions(
	name: string,
	{ ending, generated, tour }: ConfigurationEvidence,
): string[] {
	if (tour === null) return [];
	const { taken, of, most, anew } = tour;
	return [
		...never(
			ending !== 'complete' && ending !== 'broken' && taken > 0,
			`${name} is said to be toured, but its ending is "${ending}"`,
		),
		...never(
			taken > Math.min(of, most ?? of) || of > generated || anew > taken,
			`${name} is said to have ${taken} of ${of} steps taken by the reference, of ${generated} that were found`,
		),
		...never(
			(tour.ending === 'found') !== (tour.finding !== null),
			`the tour of ${name} is said to have ended as "${tour.ending}"`,
		),
		...never(
			tour.finding === null && tour.ending !== endingOf(tour),
			`the tour of ${name} is said to have ended as "${tour.ending}", but ${taken} of ${of} steps were taken`,
		),
		...never(
			tour.finding === null && anew !== Math.floor(taken / ANEW_EVERY),
			`${name} is said to have ${anew} of ${taken} steps told anew`,
		),
	];
}

/** How a tour ended that found nothing. */
function endingOf({ taken, of, most, ending }: TourEvidence): TourEvidence['ending'] {
	if (of === taken) return of === 0 ? ending : 'complete';
	if (taken === most) return 'limit';
	return taken === 0 && ending === 'not begun' ? ending : 'stopped';
}

/** What a search found broken, and shows by a story. */
export const violationsShown = (
	checks: readonly ConfigurationEvidence[],
	design: Design,
): Shown[] =>
	checks.flatMap(({ configuration, violations, tour }) => [
		...violations.map(({ guarantee, events, token }) => ({
			...{ name: `${guarantee} in configuration ${configuration}`, events, token, design },
		})),
		...(tour?.finding == null
			? []
			: [
					{ name: `the tour of ${configuration}`, ...shownOf(tour.finding), design },
					...(tour.finding.seen_first === undefined
						? []
						: [
								{
									...{ ...shownOf(tour.finding.seen_first), design },
									name: `what was seen first by the tour of ${configuration}`,
								},
							]),
				]),
	]);

/** What a story that was found says of itself. */
export const shownOf = ({ events, token }: Pick<TourFinding, 'events' | 'token'>) => ({
	events,
	token,
});

export const machineContradictions = (machines: readonly MachineEvidence[]): string[] => [
	...repeated(machines.map(({ machine }) => `machine ${machine}`)),
	...machines.flatMap(({ machine, transitions, taken, missing }) =>
		never(
			taken + missing.length !== transitions,
			`machine ${machine} is said to have ${transitions} transitions, but ${taken} were taken and ${missing.length} were not`,
		),
	),
];

/** Machines are counted twice: in numbers, and transition by transition. */
export function graphContradictions(
	graphs: readonly MachineGraph[],
	machines: readonly MachineEvidence[],
): string[] {
	const names = machines.map(({ machine }) => machine);
	return [
		...listed(
			'the graph of machine',
			graphs.map(({ machine }) => machine),
			names,
		),
		...graphs.flatMap((graph) => {
			const counted = machines.find(({ machine }) => machine === graph.machine);
			if (counted === undefined) return [];
			const never_taken = graph.transitions.filter(({ count }) => count === 0).map(sayTransition);
			return [
				...listed(
					`the transition of machine ${graph.machine} never taken`,
					counted.missing,
					never_taken,
				),
				...never(
					graph.transitions.length !== counted.transitions,
					`machine ${graph.machine} is said to have ${counted.transitions} transitions, but its graph has ${graph.transitions.length}`,
				),
				...shapeContradictions(graph),
			];
		}),
	];
}

const sayTransition = ({ source, event, guard }: MachineGraph['transitions'][number]): string =>
	`${source} on ${event}${guard === null ? '' : ` [${guard}]`}`;

/** Transitions lead from state to state, and a state has its name inside its parent. */
function shapeContradictions({ machine, states, transitions }: MachineGraph): string[] {
	const ids = new Set(states.map(({ id }) => id));
	// The machine itself is no state of its graph; those inside it are called after it.
	const roots = new Set(
		states.flatMap(({ id, name, parent }) =>
			parent === null ? [id.slice(0, -name.length - 1)] : [],
		),
	);
	const nowhere = transitions
		.flatMap(({ source, target }) => [source, target ?? source])
		.filter((id) => states.length > 0 && !ids.has(id) && !roots.has(id));
	const misnamed = states.filter(({ id, name, parent }) => !id.endsWith(`${parent ?? ''}.${name}`));
	const begun = states.filter(({ initial }) => initial).map(({ parent }) => parent ?? machine);
	return [
		...never(roots.size > 1, `the graph of machine ${machine} is of more than one machine`),
		...never(
			nowhere.length > 0,
			`the graph of machine ${machine} has no state ${[...new Set(nowhere)].join(', ')}, but transitions of it`,
		),
		...never(
			misnamed.length > 0,
			`states ${misnamed.map(({ id }) => id).join(', ')} of machine ${machine} are not called so in their parents`,
		),
		...repeated(begun.map((parent) => `the initial state of ${parent}`)),
	];
}
