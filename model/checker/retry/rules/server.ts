import { sweep, sweepUnit } from '../../../system/parts.ts';
import { shapeOf } from '../../../system/shape.ts';
import type { Event } from '../../../vocabulary/events/event.ts';
import { SERVER } from '../sandbox/sandbox.ts';
import { type Acting, labelled, type RetryRule } from './acting.ts';
import { costWithin } from './explored.ts';
import { dropping } from './held.ts';

/** The app server crashes between two requests, and comes back. */
export function ofServer(acting: Acting): RetryRule {
	const crash = costWithin('server-crashes', acting.bounds);
	return {
		reads: [SERVER],
		ask: ([state = 0]) => {
			if (!acting.isUp(state))
				return [acting.outcome({ kind: 'server-returns' }, [SERVER], [state], undefined)];
			return crash === null
				? []
				: [
						{
							...acting.outcome({ kind: 'server-crashes' }, [SERVER], [state], crash.cost),
							network: dropping(acting),
						},
					];
		},
	};
}

/** The monitor looks after one task after the other, then after one unit after the other. */
export function ofMonitor(acting: Acting): RetryRule {
	const event: Event = { kind: 'monitor-runs' };
	return {
		reads: [SERVER],
		ask: ([state = 0]) =>
			acting.isUp(state) ? [{ ...labelled(event, [], []), writes: [state] }] : [],
		parts: [
			...acting.sandbox.setup.tasks.map((_, task) =>
				acting.part(event, acting.readsOf(task), 0, (system) => sweep(system, task)),
			),
			...shapeOf(acting.sandbox.setup).units.map(({ unit }) =>
				acting.part(event, acting.reads(unit), 0, (system) => sweepUnit(system, unit)),
			),
		],
	};
}
