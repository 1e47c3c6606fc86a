import { taskSeen } from '../../../system/observe.ts';
import { isPossible } from '../../../vocabulary/possible.ts';
import { type Bounds, costOf } from '../bounds.ts';
import { type Acting, type Costed, NOTHING, type RetryRule } from './acting.ts';

/** What users and attackers can do to a task. */
export function ofUsers(acting: Acting, task: number): RetryRule[] {
	const { setup, tables, local } = acting.scratch;
	const { aborts = 0, restarts = 0, forgeries = 0 } = acting.bounds;
	if (aborts === 0 && restarts === 0 && forgeries === 0) return [];
	const id = setup.tasks[task]?.id ?? '';
	const reads = acting.readsOf(task);
	return [
		{
			reads,
			ask: (states) => {
				if (!acting.isUp(states[2])) return [];
				const { snapshot: unit } = local.unit(states[0] ?? 0);
				const { snapshot, page } = local.task(states[0] ?? 0, task);
				const seen = { ...NOTHING, tasks: [taskSeen(setup, tables, task, snapshot, unit, page)] };
				const { execution } = tables.task.context(snapshot);
				return eventsOf(acting.bounds, setup.hosts, id, execution)
					.filter(({ event }) => isPossible(setup, seen, event))
					.map(({ event, cost }) => acting.outcome(event, reads, states, cost));
			},
		},
	];
}

function eventsOf(
	bounds: Bounds,
	hosts: readonly string[],
	task: string,
	execution: number,
): Costed[] {
	const { aborts = 0, restarts = 0, forged = [], forgeries = 0 } = bounds;
	const events: Costed[] = [];
	if (aborts > 0) events.push({ event: { kind: 'user-aborts', task }, cost: costOf('aborts') });
	if (restarts > 0)
		for (const named of execution > 0 ? [execution, execution - 1] : [execution])
			events.push({
				event: { kind: 'user-restarts', task, execution: named },
				cost: costOf('restarts'),
			});
	if (forgeries > 0)
		for (const one of forged)
			for (const host of hosts)
				events.push({
					event: { kind: 'request-forged', task, host, ...one },
					cost: costOf('forgeries'),
				});
	return events;
}
