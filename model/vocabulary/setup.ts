import { z } from 'zod';
import { Dependency } from './dependency.ts';
import { Design, ENTRANCES, type Entrance } from './design.ts';
import {
	EXPANDED_LENGTH,
	expandedLength,
	GROUP_BLOCKS,
	Name,
	Project,
	SegmentId,
} from './project.ts';
import { strictKeys } from './strict-keys.ts';
import { structureProblems } from './structure.ts';

/** Who asked for the version (lifecycle 1.3); only the merge queue matters to retries (S6). */
export const Requester = z.enum([
	'gitter_request',
	'patch_request',
	'github_pull_request',
	'github_merge_request',
]);
export type Requester = z.infer<typeof Requester>;

/** Execution numbers are zero-based and finite in every story. */
export const MAX_EXECUTION = 1000;

/** What the app server heeds, of what the operators allow: the store keeps it, and an admin may change it at any time. */
const HEEDED = {
	/** *max*: automatic restarts a unit may have over its whole life. */
	max_automatic_restarts: z.int().min(0).max(10),
	/** *limit*: slots a project may have in use in 24 hours; 0 means not limited. */
	daily_limit: z.int().min(0).max(10_000),
	/** *cap*: an execution n >= cap is not restarted automatically. */
	execution_cap: z.int().min(0).max(MAX_EXECUTION),
	/**
	 * Whether an execution 0 that the monitor ends for want of a heartbeat is restarted, mark or no
	 * mark (lifecycle 5.11).
	 */
	restart_system_failed: z.boolean(),
};
export const PolicyInForce = z.strictObject(HEEDED);
export type PolicyInForce = z.infer<typeof PolicyInForce>;

/**
 * What the operators allow before a story begins (guarantees, "Words"): *max*, *limit*, *cap*, and how often an agent
 * sends one call before it gives up (lifecycle 4.4, outer retry).
 */
const AT_FIRST = {
	max_automatic_restarts: HEEDED.max_automatic_restarts.default(1),
	daily_limit: HEEDED.daily_limit.default(200),
	execution_cap: HEEDED.execution_cap.default(9),
};
/** Absent: it is not. */
const restart_system_failed = z.literal(true).optional();
export const Policy = strictKeys({
	...AT_FIRST,
	/** How often an agent sends one call at the most, the first time included. */
	call_attempts: z.int().min(1).max(10).default(10),
	restart_system_failed,
});
export type Policy = z.infer<typeof Policy>;

/** The same of a project beside the first; agents are the same for all. */
export const OtherPolicy = strictKeys({ ...AT_FIRST, restart_system_failed });
export type OtherPolicy = z.infer<typeof OtherPolicy>;

/** What of it the app server heeds. */
export const heededOf = ({
	max_automatic_restarts,
	daily_limit,
	execution_cap,
	restart_system_failed,
}: OtherPolicy): PolicyInForce => ({
	max_automatic_restarts,
	daily_limit,
	execution_cap,
	restart_system_failed: restart_system_failed === true,
});

/** Time bounds in seconds (guarantees, "Words"), all of them whole minutes. */
export const TIMING = {
	/** *M*: the longest a mark may hold up the agent. */
	mark_deadline_s: 60,
	/** *F*: an agent without an accepted heartbeat for so long kills its commands. */
	fence_s: 360,
	/** *G*: the monitor ends an execution without a heartbeat for so long. */
	stale_s: 420,
	/** The monitor's period. */
	monitor_s: 60,
	/** The longest that any call but a mark may take: the sum of its retries (lifecycle 4.4). */
	call_deadline_s: 2700,
	/** The longest that teardown_group may take (lifecycle 1.5). */
	teardown_group_s: 180,
	/** For so long after the latest end a single-host group waits for its host. */
	group_stays_s: 3600,
	/** How long the secret of an ended execution is still answered (lifecycle 1.5). */
	ended_secret_s: 3600,
	/** The window of the daily limit. */
	window_s: 86_400,
} as const;

/** Minutes in an hour. */
export const HOUR = 60;

/** The same bounds in minutes, as stories count. */
export const minutesOf = (bound: keyof typeof TIMING): number => TIMING[bound] / 60;

/** Most tasks and hosts in one story. */
export const MAX_TASKS = 16;
export const MAX_HOSTS = 4;
/** Most versions beside the first. */
export const MAX_OTHER_VERSIONS = 3;

/** A task of the version under test: a task of the project on a build variant. */
export const TaskInstance = strictKeys({
	id: SegmentId,
	task: Name,
	variant: Name,
	/** The group of the project as a member of which it runs. */
	group: Name.optional(),
	/** The tasks that it waits for. */
	depends_on: z.array(Dependency).max(MAX_TASKS).optional(),
	/** Nobody has scheduled it: it does not run. */
	activated: z.literal(false).optional(),
	/** The version that it is of; absent: the first. */
	version: Name.optional(),
});
export type TaskInstance = z.infer<typeof TaskInstance>;

/** A task that runs nothing itself: its status is that of its execution tasks, and they restart as one. */
export const DisplayTask = strictKeys({
	id: SegmentId,
	execution_tasks: z.array(Name).min(1).max(MAX_TASKS),
});
export type DisplayTask = z.infer<typeof DisplayTask>;

/**
 * A version beside the first one: of the same project, or of one of its own, which says the same of its tasks but has slots
 * and a policy of its own.
 */
export const OtherVersion = strictKeys({
	id: SegmentId,
	project: strictKeys({
		id: SegmentId,
		policy: OtherPolicy.default(OtherPolicy.parse({})),
	}).optional(),
});
export type OtherVersion = z.infer<typeof OtherVersion>;

/** Everything that is fixed before a story begins. Tasks are dispatched in the order of `tasks`. */
export const Setup = strictKeys({
	project: Project,
	tasks: z.array(TaskInstance).min(1).max(MAX_TASKS),
	display_tasks: z.array(DisplayTask).max(MAX_TASKS).optional(),
	/** Versions beside the first; absent: there is one. */
	other_versions: z.array(OtherVersion).min(1).max(MAX_OTHER_VERSIONS).optional(),
	hosts: z.array(SegmentId).min(1).max(MAX_HOSTS),
	/** Those of the hosts that are not there yet when a story begins; absent: all are. */
	late_hosts: z.array(Name).min(1).max(MAX_HOSTS).optional(),
	requester: Requester.default('gitter_request'),
	policy: Policy.default(Policy.parse({})),
	/** How a mark can reach the app server; absent: by the flag. */
	design: Design.optional(),
}).superRefine((setup, context) => {
	const names = new Set(setup.project.tasks.map((task) => task.name));
	const ids = new Set<string>();
	setup.tasks.forEach((instance, index) => {
		if (!names.has(instance.task))
			context.addIssue({
				code: 'custom',
				path: ['tasks', index, 'task'],
				message: `no task of the project is named "${instance.task}"`,
			});
		if (ids.has(instance.id))
			context.addIssue({
				code: 'custom',
				path: ['tasks', index, 'id'],
				message: `the id "${instance.id}" is used twice`,
			});
		ids.add(instance.id);
	});
	const { project } = setup;
	for (const [place, steps] of [
		...(['pre', 'timeout', 'post'] as const).map((block) => [block, project[block]] as const),
		...project.tasks.map(({ name, commands }) => [name, commands] as const),
		...(project.task_groups ?? []).flatMap((group) =>
			GROUP_BLOCKS.map((block) => [group.name, group[block]] as const),
		),
	])
		if (expandedLength(project, steps) > EXPANDED_LENGTH)
			context.addIssue({
				code: 'custom',
				path: ['project', place],
				message: `more than ${EXPANDED_LENGTH} commands when functions are expanded`,
			});
	if (new Set(setup.hosts).size !== setup.hosts.length)
		context.addIssue({ code: 'custom', path: ['hosts'], message: 'a host is named twice' });
	for (const [index, host] of (setup.late_hosts ?? []).entries())
		if (!setup.hosts.includes(host))
			context.addIssue({
				code: 'custom',
				path: ['late_hosts', index],
				message: `no host is named "${host}"`,
			});
	for (const { path, message } of structureProblems(setup))
		context.addIssue({ code: 'custom', path: [...path], message });
});
export type Setup = z.infer<typeof Setup>;

/** Whether a host is yet to come when a story begins. */
export const isLate = ({ late_hosts = [] }: Pick<Setup, 'late_hosts'>, host: string): boolean =>
	late_hosts.includes(host);

/** The design under which a setup is played. */
export const designOf = ({ design = 'flag' }: Pick<Setup, 'design'>): Design => design;

/** How a mark reaches the app server under the design of a setup. */
export const entranceOf = (setup: Pick<Setup, 'design'>): Entrance => ENTRANCES[designOf(setup)];

/** The same setup under another design; nothing is said of the usual one. */
export const underDesign = ({ design: _, ...setup }: Setup, design: Design): Setup =>
	design === 'flag' ? setup : { ...setup, design };
