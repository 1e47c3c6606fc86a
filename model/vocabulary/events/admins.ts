import { z } from 'zod';
import type { Observation, TaskObservation } from '../observation.ts';
import { MAX_EXECUTION, PolicyInForce } from '../setup.ts';
import { strictKeys } from '../strict-keys.ts';
import { choose, descriptor } from './descriptor.ts';
import { asks } from './users.ts';

/** What admins do. */

/** What is named of a policy: what is left out stays as it is. */
const Named = strictKeys(PolicyInForce.partial().shape);

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
	{ policy, quota_used, tasks }: Observation,
	pick: () => number,
): Partial<PolicyInForce>[] {
	const near = (used: number, most: number): number =>
		Math.min(choose([Math.max(used - 1, 0), used, used + 1], pick), most);
	const most = (count: (task: TaskObservation) => number): number => Math.max(...tasks.map(count));
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
	schema: z.strictObject({ kind: z.literal('policy-changes'), policy: PolicyInForce }),
	by: 'user',
	isFault: false,
	when: 'the app server is up',
	possible: (_, seen) => seen.server === 'up',
	propose: (seen, _, pick) =>
		changes(seen, pick).map((change) => ({
			kind: 'policy-changes' as const,
			policy: { ...seen.policy, ...change },
		})),
	weight: { sometimes: 1 },
	cost: 'changes',
	explored: 'by a rule of its own',
	say: ({ policy }) => `an admin changes the policy: ${sayPolicy(policy)}`,
	draw: ({ policy }) => asks(`policy: ${sayPolicy(policy)}`),
	line: {
		schema: Named,
		alone: false,
		read: (written) => ({ policy: written }),
		complete: ({ policy, ...fields }, seen) => ({
			...fields,
			policy: { ...seen.policy, ...Named.parse(policy) },
		}),
		write: ({ policy }) => policy,
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
