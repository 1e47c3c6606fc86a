import { displaySeen, taskSeen } from '../../../system/observe.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { Observation } from '../../../vocabulary/observation.ts';
import { isPossible } from '../../../vocabulary/possible.ts';
import { type Bounds, costOf } from '../bounds.ts';
import { SERVER } from '../scratch.ts';
import { type Acting, type Costed, NOTHING, type RetryRule } from './acting.ts';

/** What users and attackers can do to a task. */
export function ofUsers(acting: Acting, task: number): RetryRule[] {
	const { setup } = acting.scratch;
	const id = setup.tasks[task]?.id ?? '';
	const { bounds } = acting;
	return rulesOf(acting, task, (seen) => {
		const execution = seen.tasks.find((one) => one.id === id)?.execution ?? 0;
		return [
			...abortsOf(bounds, id),
			...restartsOf(bounds, id, execution, false),
			...forgeriesOf(bounds, id, setup.hosts),
		];
	});
}

/** What users can do to a display task. */
export function ofUsersOfDisplay(acting: Acting, display: number): RetryRule[] {
	const { setup } = acting.scratch;
	const { id = '', execution_tasks = [] } = setup.display_tasks?.[display] ?? {};
	const first = setup.tasks.findIndex((task) => task.id === execution_tasks[0]);
	const { bounds } = acting;
	return rulesOf(acting, first, (seen) => {
		const execution = seen.display_tasks.find((one) => one.id === id)?.execution ?? 0;
		return [...abortsOf(bounds, id), ...restartsOf(bounds, id, execution, true)];
	});
}

/** The rules of events that concern a task or all of its unit. */
function rulesOf(
	acting: Acting,
	task: number,
	eventsOf: (seen: Observation) => Costed[],
): RetryRule[] {
	const { aborts = 0, restarts = 0, forgeries = 0 } = acting.bounds;
	if (aborts === 0 && restarts === 0 && forgeries === 0) return [];
	const reads = acting.readsOf(task);
	return [
		{
			reads,
			ask: (states) => {
				if (!acting.isUp(states[reads.indexOf(SERVER)])) return [];
				const seen = unitSeen(acting, task, states[0] ?? 0);
				return eventsOf(seen)
					.filter(({ event }) => isPossible(acting.scratch.setup, seen, event))
					.map(({ event, cost }) => acting.outcome(event, reads, states, cost));
			},
		},
	];
}

/** An observation of nothing but the unit of a task. */
function unitSeen({ scratch }: Acting, task: number, state: number): Observation {
	const { setup, tables, local } = scratch;
	const { units, unitOf } = shapeOf(setup);
	const { snapshot: unit, members } = local.unit(state);
	const tasks = members.map((one) =>
		taskSeen(setup, tables, one.task, one.snapshot, unit, one.page),
	);
	const { restarts } = tables.unit.context(unit);
	const own = units[unitOf[task] ?? 0]?.members.map((member) => setup.tasks[member]?.id) ?? [];
	const displays = (setup.display_tasks ?? []).filter(({ execution_tasks: [first] }) =>
		own.includes(first),
	);
	return {
		...NOTHING,
		tasks,
		display_tasks: displays.map((display) => displaySeen(display, tasks, restarts)),
	};
}

const abortsOf = ({ aborts = 0 }: Bounds, task: string): Costed[] =>
	aborts === 0 ? [] : [{ event: { kind: 'user-aborts', task }, cost: costOf('aborts') }];

/** Of the live execution and the one before; of a display task, of its failed members only too. */
function restartsOf(
	{ restarts = 0 }: Bounds,
	task: string,
	execution: number,
	inPart: boolean,
): Costed[] {
	if (restarts === 0) return [];
	const named = execution > 0 ? [execution, execution - 1] : [execution];
	const whole = named.map((one) => ({ kind: 'user-restarts', task, execution: one }) as const);
	const failed = inPart
		? [{ kind: 'user-restarts', task, execution, failed_only: true } as const]
		: [];
	return [...whole, ...failed].map((event) => ({ event, cost: costOf('restarts') }));
}

function forgeriesOf(
	{ forged = [], forgeries = 0 }: Bounds,
	task: string,
	hosts: readonly string[],
): Costed[] {
	if (forgeries === 0) return [];
	return forged.flatMap((one) =>
		hosts.map(
			(host): Costed => ({
				event: { kind: 'request-forged', task, host, ...one },
				cost: costOf('forgeries'),
			}),
		),
	);
}
