import { z } from 'zod';
import { AwaitedStatus } from '../../../model/vocabulary/dependency.ts';
import { Details } from '../../../model/vocabulary/message.ts';
import {
	IgnoredFlag,
	MarkDecision,
	RestartAsked,
	TaskStatus,
} from '../../../model/vocabulary/observation.ts';
import { Project } from '../../../model/vocabulary/project.ts';
import { PolicyInForce, Requester } from '../../../model/vocabulary/setup.ts';
import { Remarks } from '../../wire/remarks.ts';
import { THE_POLICY } from '../store.ts';

/**
 * The rows of each table, as a driver gives them: the columns are the fields of the record, in order.
 * Both drivers give an int8 as a bigint.
 */

/** Milliseconds; exact in a number for the next 285,000 years. */
const Moment = z.bigint().max(BigInt(Number.MAX_SAFE_INTEGER)).transform(Number);
const Text = z.string();
/** A story's executions are bounded, a server's are not. */
const Execution = z.int().min(0);

const StartedBy = z.discriminatedUnion('by', [
	z.strictObject({ by: z.literal('schedule') }),
	z.strictObject({ by: z.literal('user') }),
	z.strictObject({ by: z.literal('system') }),
	z.strictObject({ by: z.literal('mark'), task: Text, execution: Execution }),
]);

const Place = z.strictObject({
	unit: z.array(Text).readonly(),
	display_task: Text.nullable(),
	group: z
		.strictObject({ name: Text, hosts: z.int(), members: z.array(Text).readonly() })
		.nullable(),
	/** Rows of before know waits for success only: an id each. */
	depends_on: z
		.array(z.union([Text, z.strictObject({ name: Text, status: AwaitedStatus.optional() })]))
		.readonly(),
});

export const TaskRow = z.strictObject({
	id: Text,
	project: Text,
	version: Text,
	name: Text,
	variant: Text,
	requester: Requester,
	place: Place.nullable(),
	activated: z.boolean(),
	status: TaskStatus,
	execution: Execution,
	secret: Text,
	started_by: StartedBy,
	host: Text.nullable(),
	aborted: z.boolean(),
	mark: MarkDecision,
	restart_pending: z.boolean(),
	granted_order: z.int(),
	repair_pending: z.boolean(),
	restart_asked: RestartAsked.nullable(),
	awaits_restart: z.boolean(),
	automatic_restarts: z.int(),
	unit_restarts: z.int(),
	dispatched_at_ms: Moment.nullable(),
	last_heartbeat_ms: Moment.nullable(),
	ended_at_ms: Moment.nullable(),
	details: Details.nullable(),
	remarks: Remarks.nullable(),
});

export const ArchivedRow = z.strictObject({
	task: Text,
	execution: Execution,
	secret: Text,
	started_by: StartedBy,
	host: Text.nullable(),
	aborted: z.boolean(),
	mark: MarkDecision,
	dispatched_at_ms: Moment.nullable(),
	ended_at_ms: Moment,
	details: Details,
	remarks: Remarks.nullable(),
});

export const HostRow = z.strictObject({
	id: Text,
	secret: Text,
	running: z.strictObject({ task: Text, execution: Execution }).nullable(),
	disabled: z.boolean(),
	gone: z.boolean(),
});

export const VersionRow = z.strictObject({
	id: Text,
	project: Text,
	requester: Requester,
	created_at_ms: Moment,
});

export const UserRow = z.strictObject({
	id: Text,
	key_hash: Text,
	roles: z.array(z.enum(['user', 'admin'])),
});

export const PolicyRow = z.strictObject({ id: z.literal(THE_POLICY), heeded: PolicyInForce });

export const SlotRow = z.strictObject({ task: Text, execution: Execution, taken_at_ms: Moment });

export const ProjectContent = z.strictObject({
	definition: Project,
	ignored_flags: z.array(IgnoredFlag),
});
