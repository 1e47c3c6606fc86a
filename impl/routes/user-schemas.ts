import { z } from 'zod';
import { Dependency } from '../../model/vocabulary/dependency.ts';
import { Details, Outcome } from '../../model/vocabulary/message.ts';
import {
	DisplayTaskObservation,
	Held,
	MarkDecision,
	RestartAsked,
	TaskStatus,
	VersionStatus,
} from '../../model/vocabulary/observation.ts';
import { Block } from '../../model/vocabulary/project.ts';
import {
	Requester,
	DisplayTask as ScheduledDisplayTask,
	TaskInstance,
} from '../../model/vocabulary/setup.ts';
import { Remarks } from '../wire/remarks.ts';

/** Bodies of the answers to users; closed: what is not written here is not sent. */

export const Execution = z.int().min(0);
/** Milliseconds since 1970, by the server's clock. */
const Time = z.int();

const StartedBy = z.discriminatedUnion('by', [
	z.strictObject({ by: z.literal('schedule') }),
	z.strictObject({ by: z.literal('user') }),
	z.strictObject({ by: z.literal('system') }),
	z.strictObject({ by: z.literal('mark'), task: z.string(), execution: Execution }),
]);

const remarks = Remarks.nullable();

const execution = {
	execution: Execution,
	started_by: StartedBy,
	host: z.string().nullable(),
	aborted: z.boolean(),
	mark: MarkDecision,
	dispatched_at_ms: Time.nullable(),
};

export const ArchivedExecution = z
	.strictObject({ ...execution, ended_at_ms: Time, details: Details, remarks })
	.meta({ id: 'ArchivedExecution', description: 'An execution as it was when it ended (S11).' });

const DisplayTask = DisplayTaskObservation.extend({
	id: z.string(),
	/** A story's executions are bounded, a server's are not. */
	execution: Execution,
}).meta({
	id: 'DisplayTask',
	description: 'A display task; its execution is the number of restarts of its unit.',
});

export const TaskReport = z
	.strictObject({
		id: z.string(),
		project: z.string(),
		version: z.string(),
		name: z.string(),
		variant: z.string(),
		requester: Requester,
		status: TaskStatus,
		...execution,
		restart_pending: z.boolean(),
		repair_pending: z.boolean(),
		/** What a user asked to be restarted when it is finished, of its unit. */
		restart_asked: RestartAsked.nullable(),
		automatic_restarts: z.int().min(0),
		last_heartbeat_ms: Time.nullable(),
		ended_at_ms: Time.nullable(),
		details: Details.nullable(),
		remarks,
		/** What restarts with it, itself included. */
		unit: z.array(z.string()),
		display_task: DisplayTask.nullable(),
		task_group: z.string().nullable(),
		depends_on: z.array(Dependency),
		/** Why it cannot be dispatched, if it is undispatched. */
		held: Held.nullable(),
	})
	.meta({ id: 'Task', description: 'A task and its live execution.' });

export const TaskWithHistory = TaskReport.extend({
	history: z.array(ArchivedExecution),
}).meta({ id: 'TaskWithHistory', description: 'A task, and its executions, oldest first.' });

export const Version = z
	.strictObject({
		id: z.string(),
		project: z.string(),
		requester: Requester,
		created_at_ms: Time,
		/** What is shown of all its tasks together: never final while something goes on (S22). */
		status: VersionStatus,
	})
	.meta({ id: 'Version' });

export const VersionAnswer = z
	.strictObject({
		outcome: z.literal('ok'),
		tasks: z.array(z.strictObject({ task: z.string(), outcome: Outcome.nullable() })),
	})
	.meta({ id: 'VersionAnswer', description: 'What became of each task of the version.' });

export const Scheduled = z
	.strictObject({
		id: z.string(),
		tasks: z.array(TaskInstance),
		display_tasks: z.array(ScheduledDisplayTask).optional(),
	})
	.meta({ id: 'Scheduled' });

export const LoadedProject = z
	.strictObject({
		id: z.string(),
		ignored_flags: z.array(
			z.strictObject({
				task: z.string().nullable(),
				/** Where the call stands in a block of one. */
				group: z.string().optional(),
				block: Block,
				step: z.int().min(0),
				func: z.string(),
			}),
		),
	})
	.meta({ id: 'LoadedProject', description: 'The flags on function calls have no effect (C2).' });

export const HostSecret = z.strictObject({
	outcome: z.literal('ok'),
	id: z.string(),
	secret: z.string(),
});

export const UserKey = z.strictObject({
	id: z.string(),
	roles: z.array(z.enum(['user', 'admin'])),
	key: z.string(),
});
