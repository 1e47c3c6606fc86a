import { Composition } from '../system/composition.ts';
import { Happenings } from '../system/happenings.ts';
import { ModelNetwork } from '../system/network.ts';
import type { MachineTables } from '../system/tables.ts';
import type { Event } from '../vocabulary/events/event.ts';
import { selectorOf } from '../vocabulary/message.ts';
import { type Block, isWatched } from '../vocabulary/project.ts';
import { heededOf, Policy, type Setup } from '../vocabulary/setup.ts';

/** Whether a command fails in an execution of the task. */
export type Fails = (execution: number, block: Block, index: number) => boolean;

/** What became of a task: of its last execution, and of all of them. */
export interface Life {
	/** Whether it ended red. */
	readonly red: boolean;
	/** Whether a slot of the quota was taken. */
	readonly taken: boolean;
	/** Automatic restarts. */
	readonly restarts: number;
}

/** Sees the host each time that something is about to happen there. */
export type Onlooker = (system: Composition) => void;

/**
 * Lives through a task: all of its executions, in the composition of the machines. Every message
 * arrives and nothing crashes; only commands fail. The setup has this task alone, and one host.
 *
 * @param full whether all slots of the quota are in use by other tasks
 */
export function liveThrough(
	setup: Setup,
	tables: MachineTables,
	fails: Fails,
	full: boolean,
	look: Onlooker = () => {},
): Life {
	const network = new ModelNetwork(setup);
	const system = new Composition(setup, tables, network);
	if (full) system.quotas[0] = fullQuota(tables);
	const happenings = new Happenings(system);
	for (let event = next(system, network, fails); event !== null; ) {
		look(system);
		happenings.happen(event);
		event = next(system, network, fails);
	}
	const snapshot = system.tasks[0] ?? 0;
	const { details, execution } = tables.task.context(snapshot);
	if (details === null) throw new RangeError('a life ended before its task did');
	return {
		red: details.status === 'failed',
		taken: !full && tables.quota.context(system.quotas[0] ?? 0).slots.length > 0,
		restarts: execution,
	};
}

/** A quota with one slot, which is taken. */
function fullQuota({ quota }: MachineTables): number {
	return quota.step(quota.initial({ policy: heededOf(Policy.parse({ daily_limit: 1 })) }), {
		type: 'TAKE',
		unit: 0,
		task: 0,
	}).next;
}

/** What happens next to the only task on the only host; null when all is done. */
function next(system: Composition, network: ModelNetwork, fails: Fails): Event | null {
	const message = network.seen[0];
	if (message !== undefined) return { kind: 'message-delivered', message: selectorOf(message) };
	const { setup, tables, hosts, tasks } = system;
	const [host = ''] = setup.hosts;
	const state = hosts[0];
	if (state !== undefined && tables.command.value(state.command) === 'running') {
		const execution = tables.agent.context(state.agent).execution ?? 0;
		const { block, index, background } = tables.block.context(state.block);
		const program = system.programOn(0);
		for (const beside of background) {
			const position = program?.[beside.block][beside.index]?.position;
			if (
				position !== undefined &&
				isWatched(beside.block) &&
				fails(execution, beside.block, beside.index)
			)
				return { kind: 'background-fails', host, position };
		}
		const failed = block !== null && fails(execution, block, index);
		return { kind: 'command-ends', host, outcome: failed ? 'failed' : 'succeeded' };
	}
	return tables.task.value(tasks[0] ?? 0) === 'undispatched' ? { kind: 'host-asks', host } : null;
}
