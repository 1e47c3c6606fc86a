import type {
	ArchivedRecord,
	HostRecord,
	PolicyRecord,
	ProjectRecord,
	Store,
	TaskRecord,
} from './store.ts';

/** What is committed, for an observer that takes no part. An unchanged record may be the same object. */
export interface Committed {
	committedTask(id: string): TaskRecord | undefined;
	committedHistory(task: string): readonly ArchivedRecord[];
	committedHost(id: string): HostRecord | undefined;
	committedProject(id: string): ProjectRecord | undefined;
	committedPolicy(): PolicyRecord | undefined;
}

/** A store into which an observer can look at any moment, without waiting. */
export interface OpenStore extends Store, Committed {}
