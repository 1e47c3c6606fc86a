import { z } from 'zod';
import type { ProjectObservation, TaskObservation } from '../observation.ts';
import { Name } from '../project.ts';
import { MAX_EXECUTION, PolicyInForce } from '../setup.ts';
import { strictKeys } from '../strict-keys.ts';
import { placeOf, policySeen, slotsSeen, versionsOf } from '../versions.ts';
import { choose, descriptor } from './descriptor.ts';
import { asks } from './users.ts';

/** What admins do. */

/** The project whose policy it is; absent: the first. */
const project = Name.optional();

/** What is named of a policy: what is left out stays as it is. */
const Changes = strictKeys(PolicyInForce.partial().shape);
const Named = strictKeys({ project, ...Changes.shape });

/** A policy in words. */
export const sayPolicy = (policy: PolicyInForce): string =>
	[
		`max ${policy.max_automatic_restarts}`,
		`limit ${policy.daily_limit}`,
		`cap ${policy.execution_cap}`,
		...(policy.restart_system_failed ? ['what is lost is repaired'] : []),
	].join(', ');

/** One change of each kind, at the edge of what is used: less than that, no more, or one more. */
function changes(
	{ policy, quota_used }: ProjectObservation,
	tasks: readonly TaskObservation[],
	pick: () => number,
): Partial<PolicyInForce>[] {
	const near = (used: number, most: number): number =>
		Math.min(choose([Math.max(used - 1, 0), used, used + 1], pick), most);
	const most = (count: (task: TaskObservation) => number): number =>
		Math.max(0, ...tasks.map(count));
	return [
		{
			max_automatic_restarts: near(
				most((task) => task.automatic_restarts),
				10,
			),
		},
		{ daily_limit: near(quota_used, 10_000) },
		{
			execution_cap: near(
				most((task) => task.execution),
				MAX_EXECUTION,
			),
		},
		{ restart_system_failed: !policy.restart_system_failed },
	];
}

/** The whole of it, from then on: what was granted before stays granted, and what was refused refused. */
export const policyChanges = descriptor({
	schema: z.strictObject({ kind: z.literal('policy-changes'), project, policy: PolicyInForce }),
	by: 'user',
	isFault: false,
	when: 'the app server is up',
	possible: ({ project }, seen, setup) =>
		seen.server === 'up' &&
		(project === undefined || placeOf(versionsOf(setup).projects, project) > 0),
	propose: (seen, setup, pick) => {
		const { projects, projectOf } = versionsOf(setup);
		return projects.flatMap(({ id }, place) => {
			const policy = policySeen(seen, place);
			const tasks = seen.tasks.filter((_, task) => projectOf[task] === place);
			const project = { policy, quota_used: slotsSeen(seen, place) };
			return changes(project, tasks, pick).map((change) => ({
				kind: 'policy-changes' as const,
				...(place === 0 ? {} : { project: id }),
				policy: { ...policy, ...change },
			}));
		});
	},
	weight: { sometimes: 1 },
	cost: 'changes',
	explored: 'by a rule of its own',
	say: ({ project, policy }) =>
		`an admin changes the policy${project === undefined ? '' : ` of project ${project}`}: ${sayPolicy(policy)}`,
	draw: ({ project, policy }) =>
		asks(`policy${project === undefined ? '' : ` of ${project}`}: ${sayPolicy(policy)}`),
	line: {
		schema: Named,
		alone: false,
		read: (written) => {
			const { project, ...policy } = Named.parse(written);
			return { ...(project === undefined ? {} : { project }), policy };
		},
		complete: ({ policy, ...fields }, seen, setup) => {
			const place = placeOf(versionsOf(setup).projects, project.parse(fields['project']));
			return { ...fields, policy: { ...policySeen(seen, place), ...Changes.parse(policy) } };
		},
		write: ({ project, policy }) => ({ ...(project === undefined ? {} : { project }), ...policy }),
	},
	example: {
		kind: 'policy-changes',
		policy: {
			max_automatic_restarts: 1,
			daily_limit: 0,
			execution_cap: 9,
			restart_system_failed: false,
		},
	},
});
