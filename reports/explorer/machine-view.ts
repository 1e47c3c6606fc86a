import type { CompositionSnapshot } from '../../model/system/composition.ts';
import type { MachineStep } from '../../model/system/recording.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import { nameOfUnit } from './cards.ts';
import type { Point } from './exploration.ts';

/** One machine of those that a setup has: whose it is, and where its number stands in a snapshot. */
export interface Instance {
	readonly key: string;
	readonly machine: keyof MachineTables;
	readonly of: string;
	readonly at: (machines: CompositionSnapshot) => number;
}

const OF_HOST = ['agent', 'block', 'command', 'call', 'heartbeat'] as const;

/** Every machine of a setup. */
export const instancesOf = (setup: Setup, { root }: { root: Point }): readonly Instance[] => [
	...setup.tasks.map(
		({ id }, task): Instance => ({
			...{ key: `task ${id}`, machine: 'task', of: id },
			at: ({ tasks }) => tasks[task] ?? 0,
		}),
	),
	...root.snapshot.machines.units.map(
		(_, unit): Instance => ({
			...{ key: `unit ${unit}`, machine: 'unit', of: nameOfUnit(setup, unit) },
			at: ({ units }) => units[unit] ?? 0,
		}),
	),
	...setup.hosts.flatMap((id, host) =>
		OF_HOST.map(
			(machine): Instance => ({
				...{ key: `${machine} ${id}`, machine, of: id },
				at: ({ hosts }) => hosts[host]?.[machine] ?? 0,
			}),
		),
	),
	{ key: 'app-server', machine: 'app-server', of: '', at: ({ server }) => server },
	...versionsOf(setup).projects.map(
		({ id }, project): Instance => ({
			key: project === 0 ? 'quota' : `quota ${id}`,
			...{ machine: 'quota', of: project === 0 ? 'the project' : id },
			at: ({ quotas }) => quotas[project] ?? 0,
		}),
	),
];

/** A transition from where a machine is. */
export interface Way {
	/** The state that listens: this one, or one around it. */
	readonly from: string;
	readonly signal: string;
	readonly guard: string | null;
	/** Null: it stays. */
	readonly to: string | null;
}

/** A transition that was just taken, and what the machine uttered. */
export interface TakenWay extends Way {
	readonly says: readonly string[];
}

/** A machine where it is: this state, the ways from it, and those that just led here. */
export interface Neighbourhood {
	readonly state: string;
	readonly ways: readonly Way[];
	readonly taken: readonly TakenWay[];
	/** Signals that came and that it did not listen to. */
	readonly ignored: readonly string[];
}

export function neighbourhood(
	tables: MachineTables,
	instance: Instance,
	{ before, snapshot, steps }: Point,
): Neighbourhood {
	const table = tables[instance.machine];
	const names = table.transitions;
	const root = names[0]?.source.split('.')[0] ?? '';
	const here = instance.at(snapshot.machines);
	const active = activeIn(root, table.value(here));
	const plain = (id: string): string => (id === root ? 'any state' : id.slice(root.length + 1));
	const own =
		before === null ? [] : stepsOf(steps, instance, instance.at(before.snapshot.machines), here);
	return {
		state: plain(active.at(-1) ?? root),
		ways: names
			.filter(({ source }) => active.includes(source))
			.map(({ source, event, guard, target }) => ({
				...{ from: plain(source), signal: event, guard },
				to: target === null ? null : plain(target),
			})),
		taken: own.flatMap(({ taken, effects }) =>
			taken.map(({ source, event, guard, target }) => ({
				...{ from: plain(source), signal: event, guard, says: effects.map(sayEffect) },
				to: target === null ? null : plain(target),
			})),
		),
		ignored: own.flatMap(({ taken, signal }) => (taken.length === 0 ? [signal] : [])),
	};
}

/** The machine itself, and the states in which it is, outermost first. */
export function activeIn(root: string, value: unknown): string[] {
	if (typeof value === 'string') return [root, `${root}.${value}`];
	if (typeof value !== 'object' || value === null) return [root];
	return [
		root,
		...Object.entries(value).flatMap(([name, inner]) => activeIn(`${root}.${name}`, inner)),
	];
}

/** Which of the steps of all machines of that kind are this one's: those that lead from where it was to where it is. */
function stepsOf(
	steps: readonly MachineStep[],
	{ machine }: Instance,
	from: number,
	to: number,
): readonly MachineStep[] {
	let at = from;
	const own = steps.filter((step) => {
		if (step.machine !== machine || step.from !== at) return false;
		at = step.next;
		return true;
	});
	return at === to ? own : [];
}

/** What a machine utters, in a few words. */
function sayEffect({ type, params }: MachineStep['effects'][number]): string {
	switch (type) {
		case 'signal':
			return `${params.to} hears ${params.signal.type}`;
		case 'signalEach':
			return params.length === 0
				? 'nobody hears anything'
				: [...new Set(params.map(({ to, signal }) => `${to} hears ${signal.type}`))].join(', ');
		case 'fetch':
			return 'asks for its next command';
		case 'send':
			return `sends ${params.call.route}`;
		case 'hangUp':
			return `closes the connection of its ${params.lane}`;
		case 'answer':
			return `answers ${params.status} ${params.outcome}`;
		case 'later':
			return `${params.signal.type} in a transaction of its own`;
		case 'record':
			return `writes down: ${params.entry.what}`;
	}
}
