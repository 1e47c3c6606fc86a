import { z } from 'zod';
import { Outcome } from '../../model/vocabulary/message.ts';
import { TaskStatus } from '../../model/vocabulary/observation.ts';
import { Requester } from '../../model/vocabulary/setup.ts';
import { Execution } from './user-schemas.ts';

/** Bodies of the answers to agents (lifecycle 6.3); closed: what is not written here is not sent. */

export const Refusal = z
	.strictObject({
		status: z.int().min(400).max(599),
		error: z.string(),
		outcome: Outcome.nullable(),
	})
	.meta({ id: 'Refusal', description: 'Why a request was refused; the outcome is for programs.' });

/** An answer that says no more than its outcome. */
export const said = <const Said extends Outcome>(...outcomes: Said[]) =>
	z.strictObject({ outcome: z.enum(outcomes) });

export const AgentSetup = z.strictObject({ background_command_failure_enabled: z.boolean() });

export const NextTask = z.union([
	z.strictObject({
		outcome: z.literal('task'),
		task_id: z.string(),
		task_secret: z.string(),
		task_execution: Execution,
		/** Of a task of a group: the group, and what tells it from the same group elsewhere. */
		task_group: z.string().optional(),
		version: z.string().optional(),
		build: z.string().optional(),
		/** How often the group was restarted: members that never ran keep their numbers when it is (S23). */
		task_group_restarts: z.int().min(0).optional(),
	}),
	z.strictObject({ outcome: z.literal('nothing'), should_exit: z.literal(true).optional() }),
]);

const Bucket = z
	.strictObject({
		version: z.int(),
		bucket_config: z.strictObject({ name: z.string(), type: z.literal('local') }),
	})
	.meta({ id: 'Bucket' });

export const TaskView = z.strictObject({
	id: z.string(),
	secret: z.string(),
	display_name: z.string(),
	build_variant: z.string(),
	build_id: z.string(),
	version: z.string(),
	branch: z.string(),
	distro: z.string(),
	r: Requester,
	status: TaskStatus,
	activated: z.boolean(),
	task_group: z.string().optional(),
	execution: Execution,
	abort: z.boolean(),
	task_output_info: z.strictObject({
		task_logs: Bucket,
		test_logs: Bucket,
		test_results: Bucket,
	}),
});

const Texts = z.record(z.string(), z.string());

export const Expansions = z.strictObject({
	expansions: Texts,
	parameters: Texts,
	vars: Texts,
	private_vars: z.record(z.string(), z.boolean()),
	redact_keys: z.array(z.string()),
	internal_redactions: Texts,
});

export const DisplayTask = z.strictObject({
	id: z.string().optional(),
	name: z.string().optional(),
});
export const DistroView = z.strictObject({ disable_shallow_clone: z.boolean() });
export const HostView = z.strictObject({ hostname: z.string() });
export const ProjectRef = z.strictObject({ id: z.string(), identifier: z.string() });
export const Patch = z.strictObject({ Version: z.string(), Project: z.string() });
export const Manifest = z.strictObject({
	id: z.string(),
	revision: z.string(),
	project: z.string(),
	branch: z.string(),
	modules: z.strictObject({}),
	is_base: z.boolean(),
});
export const VersionView = z.strictObject({
	id: z.string(),
	identifier: z.string(),
	requester: Requester,
});

export const Heartbeat = z.union([
	said('ok'),
	z.strictObject({ outcome: z.literal('abort'), abort: z.literal(true) }),
]);
