import type { TaskRecord } from '../store/store.ts';

/** A task, and the group of the project as a member of which it runs, if it does. */
export type Grouped = Pick<TaskRecord, 'name'> & { readonly group?: string | null };

/** The group that a task is a member of. */
export const groupOf = ({ group }: Grouped): string | null => group ?? null;

/** The tasks of one version on one variant (lifecycle 6.3). */
export const buildOf = ({ version, variant }: Pick<TaskRecord, 'version' | 'variant'>): string =>
	`${version}_${variant}`;
