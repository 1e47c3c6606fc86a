import type {
	ArchivedRecord,
	HostRecord,
	PolicyRecord,
	Slot,
	TaskRecord,
	UserRecord,
	VersionRecord,
} from '../store.ts';
import { ArchivedRow, HostRow, PolicyRow, SlotRow, TaskRow, UserRow, VersionRow } from './rows.ts';
import { type Table, table } from './table.ts';

export const TASKS: Table<TaskRecord> = table('tasks', TaskRow, 'id');
export const HISTORY: Table<ArchivedRecord> = table('history', ArchivedRow, 'task, execution');
export const HOSTS: Table<HostRecord> = table('hosts', HostRow, 'id');
export const VERSIONS: Table<VersionRecord> = table('versions', VersionRow, 'id');
export const USERS: Table<UserRecord> = table('users', UserRow, 'id');
export const POLICIES: Table<PolicyRecord> = table('policies', PolicyRow, 'id');
/** Of one project, whose column comes on top. */
export const SLOTS: Table<Slot> = table('slots', SlotRow, 'project, task, execution');

/** Every table, for whoever empties them. */
export const ALL_TABLES = [
	'projects',
	'versions',
	'tasks',
	'history',
	'hosts',
	'slots',
	'users',
	'policies',
];
