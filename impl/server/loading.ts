import type { IgnoredFlag } from '../../model/vocabulary/observation.ts';
import {
	type Block,
	isFunctionCall,
	type Project,
	type Step,
} from '../../model/vocabulary/project.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import type { Randomness } from '../ports/randomness.ts';
import type { Store } from '../store/store.ts';

/** Loads a version: its project with what is reported of it, its tasks in order, and the hosts. */
export const load = (store: Store, setup: Setup, randomness: Randomness): Promise<void> =>
	store.transaction(async (tx) => {
		const used = new Set(setup.tasks.map((instance) => instance.task));
		await tx.saveProject({
			id: setup.project.id,
			slots: [],
			ignored_flags: ignoredFlags(setup.project, used),
		});
		for (const host of setup.hosts)
			await tx.saveHost({ id: host, secret: randomness.secret(), running: null });
		for (const { id } of setup.tasks)
			await tx.saveTask({
				id,
				project: setup.project.id,
				requester: setup.requester,
				status: 'undispatched',
				execution: 0,
				secret: randomness.secret(),
				started_by: { by: 'schedule' },
				host: null,
				aborted: false,
				mark: 'none',
				restart_pending: false,
				automatic_restarts: 0,
				dispatched_at_ms: null,
				last_heartbeat_ms: null,
				ended_at_ms: null,
				details: null,
			});
	});

/** The flags on function calls, which have no effect (C2): of the project's blocks, then of the used tasks. */
export function ignoredFlags(project: Project, used: ReadonlySet<string>): IgnoredFlag[] {
	const of = (task: string | null, block: Block, steps: readonly Step[] = []): IgnoredFlag[] =>
		steps.flatMap((entry, step) =>
			isFunctionCall(entry) && entry.retry_on_failure === true
				? [{ task, block, step, func: entry.func }]
				: [],
		);
	return [
		...of(null, 'pre', project.pre),
		...of(null, 'timeout', project.timeout),
		...of(null, 'post', project.post),
		...project.tasks
			.filter((task) => used.has(task.name))
			.flatMap((task) => of(task.name, 'main', task.commands)),
	];
}
