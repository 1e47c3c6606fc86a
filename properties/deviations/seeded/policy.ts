import { RULES } from '../../../impl/server/rules.ts';
import type { PolicyInForce } from '../../../model/vocabulary/setup.ts';
import type { Fault } from '../../systems/fault.ts';

/** By process: what it read of the policy first. */
const CACHED = new WeakMap<object, PolicyInForce>();

/** An admin changes the policy, and somebody does not hear of it, or too late. */
export const POLICIES: readonly Fault[] = [
	{
		id: 'the policy is read when the app server starts, and never again',
		where: 'quota POLICY',
		breaks: ['S7', 'S1', 'L1', 'L6'],
		elsewhere: ['S2', 'S10'],
		rules: { heeded: (_, { policy }) => policy },
		told: 'seldom',
		toured: { by: 'policy', breaks: 'S1' },
	},
	{
		id: 'a process keeps the policy that it read first, while another changes it',
		where: 'quota POLICY',
		breaks: ['S7', 'S1', 'L1', 'L6'],
		elsewhere: ['S2', 'S10'],
		rules: {
			heeded: async (tx, server, task) => {
				const cached = CACHED.get(server) ?? (await RULES.heeded(tx, server, task));
				CACHED.set(server, cached);
				return cached;
			},
		},
		told: 'seldom',
	},
	{
		id: 'the quota is compared with the limit of before',
		where: 'quota POLICY',
		breaks: ['S7'],
		elsewhere: ['L1'],
		rules: {
			heeded: async (tx, server, task) => ({
				...(await RULES.heeded(tx, server, task)),
				daily_limit: server.policy.daily_limit,
			}),
		},
		// Random stories of 40 events hardly ever have two marks on either side of a change: one of 2,000.
		toured: { by: 'policy', breaks: 'S7' },
	},
	{
		id: 'the policy that counts is the one at the restart',
		where: 'unit RESTART due',
		breaks: ['L1'],
		rules: {
			keeps: async (granted, heeded) => {
				const { max_automatic_restarts, execution_cap } = await heeded();
				return granted.execution < execution_cap && max_automatic_restarts > 0;
			},
		},
		elsewhere: ['S16', 'C5'],
		// Nor a change between a mark and its end: one of 1,000.
		toured: { by: 'policy', breaks: 'L1' },
	},
	{
		id: 'a limit that an admin changes is not kept',
		where: 'quota POLICY',
		breaks: ['S7'],
		rules: { keptOf: (asked, { policy }) => ({ ...asked, daily_limit: policy.daily_limit }) },
		told: 'soon',
	},
	{
		id: 'a budget that an admin changes is not kept',
		where: 'unit POLICY',
		breaks: ['S1'],
		rules: {
			keptOf: (asked, { policy }) => ({
				...asked,
				max_automatic_restarts: policy.max_automatic_restarts,
			}),
		},
		told: 'soon',
	},
	{
		id: 'repairs cannot be switched on or off',
		where: 'task POLICY',
		breaks: ['L6'],
		rules: {
			keptOf: (asked, { policy }) => ({
				...asked,
				restart_system_failed: policy.restart_system_failed,
			}),
		},
		told: 'soon',
	},
];
