import type { TaskRecord } from '../store/store.ts';

/** A task, and the group of the project as a member of which it runs, if it does. */
export type Grouped = Pick<TaskRecord, 'name' | 'place'>;

/** The group that a task is a member of. */
export const groupOf = ({ place }: Pick<TaskRecord, 'place'>): string | null =>
	place?.group?.name ?? null;

/** The tasks of one version on one variant (lifecycle 6.3). */
export const buildOf = ({ version, variant }: Pick<TaskRecord, 'version' | 'variant'>): string =>
	`${version}_${variant}`;
