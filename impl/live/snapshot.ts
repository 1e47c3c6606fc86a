import type { Store } from '../store/store.ts';
import type { ServerOrder, ServerSnapshot } from './server-orders.ts';

/** What is committed of a setup, in one transaction. */
export const snapshotOf = (
	store: Store,
	{ project, tasks, hosts }: Extract<ServerOrder, { kind: 'look' }>,
): Promise<ServerSnapshot> =>
	store.transaction(async (tx) => {
		const { heeded } = known(await tx.policy(), 'policy');
		const snapshot: ServerSnapshot = {
			...{ tasks: [], hosts: [], slots: [], ignored_flags: [] },
			policy: heeded,
		};
		for (const id of hosts) snapshot.hosts.push(known(await tx.host(id), id));
		for (const id of tasks)
			snapshot.tasks.push({
				task: known(await tx.task(id), id),
				history: [...(await tx.history(id))],
			});
		const { slots, ignored_flags } = known(await tx.project(project), project);
		return { ...snapshot, slots: [...slots], ignored_flags: [...ignored_flags] };
	});

function known<Thing>(record: Thing | undefined, id: string): Thing {
	if (record === undefined) throw new Error(`there is no "${id}" in the store`);
	return record;
}
