import { AGENT_RULES } from '../../../impl/agent/rules.ts';
import { RULES } from '../../../impl/server/rules.ts';
import type { Fault } from '../../systems/fault.ts';

const MINUTE_S = 60;
const MINUTE_MS = 60_000;

/** Times that are wrong by one minute, either way. A limit that comes early is a clock that is fast. */
export const TIMES: readonly Fault[] = [
	{
		id: 'a mark is given up a minute early',
		where: 'call MINUTES overdue',
		breaks: ['S14'],
		elsewhere: ['S4', 'L1'],
		agentRules: {
			deadline_s: (route) => AGENT_RULES.deadline_s(route) - (route === 'mark' ? MINUTE_S : 0),
		},
		told: 'soon',
	},
	{
		id: 'a mark is given up a minute late',
		where: 'call MINUTES overdue',
		breaks: ['S14'],
		agentRules: {
			deadline_s: (route) => AGENT_RULES.deadline_s(route) + (route === 'mark' ? MINUTE_S : 0),
		},
		told: 'seldom',
	},
	{
		id: 'an agent fences itself a minute early',
		where: 'agent CUT_OFF fenced',
		breaks: ['S5'],
		agentRules: { fence_s: () => AGENT_RULES.fence_s() - MINUTE_S },
		told: 'seldom',
	},
	{
		id: 'an agent fences itself a minute late',
		where: 'agent CUT_OFF fenced',
		breaks: ['S5'],
		agentRules: { fence_s: () => AGENT_RULES.fence_s() + MINUTE_S },
		told: 'seldom',
	},
	{
		id: 'the monitor ends an execution a minute early',
		where: 'task MONITOR silent',
		breaks: ['S20'],
		rules: { isStale: (task, now_ms) => RULES.isStale(task, now_ms + MINUTE_MS) },
		told: 'soon',
	},
	{
		id: 'the monitor ends an execution a minute late',
		where: 'task MONITOR silent',
		breaks: ['L2'],
		rules: { isStale: (task, now_ms) => RULES.isStale(task, now_ms - MINUTE_MS) },
		told: 'seldom',
	},
	{
		id: 'the monitor runs every second minute',
		where: 'task MONITOR silent',
		breaks: ['L2'],
		rules: { monitorEvery_s: () => RULES.monitorEvery_s() + MINUTE_S },
		told: 'seldom',
	},
	{
		id: 'a secret is void a minute early',
		where: 'task MINUTES',
		breaks: ['S10'],
		rules: {
			authenticate: (presented, known) =>
				RULES.authenticate(presented, { ...known, now_ms: known.now_ms + MINUTE_MS }),
		},
		told: 'seldom',
	},
	{
		id: 'a secret is void a minute late',
		where: 'task MINUTES',
		breaks: ['S10'],
		rules: {
			authenticate: (presented, known) =>
				RULES.authenticate(presented, { ...known, now_ms: known.now_ms - MINUTE_MS }),
		},
		told: 'seldom',
	},
	{
		id: 'a slot is free a minute early',
		where: 'quota MINUTES',
		breaks: ['S7'],
		rules: {
			slotsInUse: (slots, now_ms) => RULES.slotsInUse(slots, now_ms + MINUTE_MS),
			isQuotaSpent: (project, policy, now_ms) =>
				RULES.isQuotaSpent(project, policy, now_ms + MINUTE_MS),
		},
		told: 'unmet',
	},
	{
		id: 'a slot is free a minute late',
		where: 'quota MINUTES',
		breaks: ['S7'],
		rules: {
			slotsInUse: (slots, now_ms) => RULES.slotsInUse(slots, now_ms - MINUTE_MS),
			isQuotaSpent: (project, policy, now_ms) =>
				RULES.isQuotaSpent(project, policy, now_ms - MINUTE_MS),
		},
		told: 'seldom',
	},
];
