import { z } from 'zod';
import { Name } from './project.ts';

/** How a task has to end that another one waits for; `*`: in whatever way. */
export const AwaitedStatus = z.enum(['success', 'failed', '*']);
export type AwaitedStatus = z.infer<typeof AwaitedStatus>;

/** A task that another one waits for, by its id: for its success, unless another status is said. */
export const Dependency = z.union([
	Name,
	z.strictObject({ name: Name, status: AwaitedStatus.optional() }),
]);
export type Dependency = z.infer<typeof Dependency>;

/** The id of a task that another one waits for. */
export const awaitedName = (dependency: Dependency): string =>
	typeof dependency === 'string' ? dependency : dependency.name;

/** How it has to end. */
export const awaitedStatus = (dependency: Dependency): AwaitedStatus =>
	typeof dependency === 'string' ? 'success' : (dependency.status ?? 'success');

/** A wait as it is written: for a success nothing is said. */
export const waitFor = (name: string, status: AwaitedStatus): Dependency =>
	status === 'success' ? name : { name, status };
