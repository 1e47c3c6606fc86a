import type { UnitInput } from '../machines/unit-record.ts';
import type { Setup } from '../vocabulary/setup.ts';
import {
	dependenciesOf,
	type GroupInstance,
	groupInstances,
	unitsOf,
} from '../vocabulary/structure.ts';
import { placeOf, versionsOf } from '../vocabulary/versions.ts';

/** The shape of a setup, as the machines of the server are set up with it. */
export interface Shape {
	readonly units: readonly Omit<UnitInput, 'max' | 'cap' | 'mergeQueue'>[];
	/** By task. */
	readonly unitOf: readonly number[];
	readonly groups: readonly GroupInstance[];
	/** By version: its units. */
	readonly versions: readonly (readonly number[])[];
	/** By unit: itself, and the units that may see something else when it changes, and so on. */
	readonly downstream: readonly (readonly number[])[];
	/** By the id of a display task: the ids of all tasks of its unit. */
	readonly shownWith: ReadonlyMap<string, ReadonlySet<string>>;
	/** By the id of a display task: the ids of all tasks of other units that its unit waits for, directly or through others. */
	readonly upstream: ReadonlyMap<string, ReadonlySet<string>>;
	/** Tasks that are scheduled from the beginning. */
	readonly scheduled: readonly number[];
}

const SHAPES = new WeakMap<Setup, Shape>();

/** Worked out once a setup. */
export function shapeOf(setup: Setup): Shape {
	const known = SHAPES.get(setup);
	if (known !== undefined) return known;
	const shape = worked(setup);
	SHAPES.set(setup, shape);
	return shape;
}

/** The units of the version that is named; of the first where none is. */
export const unitsOfVersion = (setup: Setup, named: string | undefined): readonly number[] =>
	shapeOf(setup).versions[placeOf(versionsOf(setup).versions, named)] ?? [];

function worked(setup: Setup): Shape {
	const units = unitsOf(setup);
	const groups = groupInstances(setup);
	const dependencies = dependenciesOf(setup);
	const unitOf = setup.tasks.map((_, task) => units.findIndex((unit) => unit.includes(task)));
	const { projectOf, versionOf, versions } = versionsOf(setup);
	const inDisplay = new Set((setup.display_tasks ?? []).flatMap((one) => one.execution_tasks));
	const inputs = units.map((members, unit) => {
		const own = members.map((task) => dependencies[task] ?? []);
		const joint = groups.flatMap(({ hosts, tasks }, group) =>
			hosts === 1 && tasks.some((task) => unitOf[task] === unit) ? [group] : [],
		);
		return {
			unit,
			project: projectOf[members[0] ?? 0] ?? 0,
			members,
			dependencies: own,
			awaited: [...new Set(own.flat().map(({ task }) => task))].filter(
				(task) => unitOf[task] !== unit,
			),
			dependents: members.flatMap((task) =>
				units.flatMap((others, other) =>
					other !== unit &&
					others.some((one) => dependencies[one]?.some((wait) => wait.task === task))
						? [{ task, unit: other }]
						: [],
				),
			),
			groups: joint,
			inPart:
				joint.length === 0 && members.some((task) => inDisplay.has(setup.tasks[task]?.id ?? '')),
		};
	});
	const downstream = inputs.map(({ unit }) => {
		const reached = new Set([unit]);
		for (const one of reached)
			for (const dependent of inputs[one]?.dependents ?? []) reached.add(dependent.unit);
		return [...reached];
	});
	const scheduled = setup.tasks.flatMap(({ activated }, task) =>
		activated === false ? [] : [task],
	);
	const idOf = (task: number) => setup.tasks[task]?.id ?? '';
	const shown = setup.display_tasks ?? [];
	const unitShown = ({ execution_tasks }: (typeof shown)[number]): number =>
		unitOf[setup.tasks.findIndex(({ id }) => id === execution_tasks[0])] ?? -1;
	const shownWith = new Map(
		shown.map((one) => [one.id, new Set(units[unitShown(one)]?.map(idOf))] as const),
	);
	const upstream = new Map(
		shown.map((one) => {
			const own = unitShown(one);
			const above = units.filter(
				(_, unit) => unit !== own && downstream[unit]?.includes(own) === true,
			);
			return [one.id, new Set(above.flat().map(idOf))] as const;
		}),
	);
	const unitsOfVersions = versions.map((_, version) =>
		[...units.keys()].filter((unit) => versionOf[units[unit]?.[0] ?? 0] === version),
	);
	return {
		units: inputs,
		versions: unitsOfVersions,
		unitOf,
		groups,
		downstream,
		shownWith,
		upstream,
		scheduled,
	};
}
