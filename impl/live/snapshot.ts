import type { Store } from '../store/store.ts';
import type { ServerOrder, ServerSnapshot } from './server-orders.ts';

/** What is committed of a setup, in one transaction. */
export const snapshotOf = (
	store: Store,
	{ projects, tasks, hosts }: Extract<ServerOrder, { kind: 'look' }>,
): Promise<ServerSnapshot> =>
	store.transaction(async (tx) => {
		const { heeded } = known(await tx.policy(), 'policy');
		const snapshot: ServerSnapshot = {
			...{ tasks: [], hosts: [], projects: [], ignored_flags: [] },
		};
		for (const id of hosts) {
			const host = await tx.host(id);
			// One that is yet to come is not known.
			if (host !== undefined) snapshot.hosts.push(host);
		}
		for (const id of tasks)
			snapshot.tasks.push({
				task: known(await tx.task(id), id),
				history: [...(await tx.history(id))],
			});
		for (const [place, id] of projects.entries()) {
			const { slots, policy, ignored_flags } = known(await tx.project(id), id);
			snapshot.projects.push({ slots: [...slots], policy: policy ?? heeded });
			if (place === 0) snapshot.ignored_flags.push(...ignored_flags);
		}
		return snapshot;
	});

function known<Thing>(record: Thing | undefined, id: string): Thing {
	if (record === undefined) throw new Error(`there is no "${id}" in the store`);
	return record;
}
