import { AGENT_RULES, type AgentRules } from '../../impl/agent/rules.ts';
import type { AgentVariant } from '../../impl/agent/variant.ts';
import { RULES, type Rules } from '../../impl/server/rules.ts';
import { hasEnded } from '../../impl/store/task-state.ts';
import type { EventKind } from '../../model/vocabulary/events/event.ts';

/** A fault that was put into the reference on purpose: which decisions are wrong. */
export interface Seeded {
	readonly rules?: Partial<Rules>;
	readonly agentRules?: Partial<AgentRules>;
	readonly agent?: Partial<AgentVariant>;
	/** Random stories tell seldom of it: looked for nightly. */
	readonly seldom?: true;
	/** The kind of event without which it is never met: the only one beside work in the stories that look for it. */
	readonly metBy?: EventKind;
}

const no = (): boolean => false;
const yes = (): boolean => true;
const HOUR_MS = 3_600_000;

/**
 * Faults in each transition of unit, task, quota, monitor and agent, one decision wrong in each, beside the real ones
 * in this folder. The judges alone, with no model beside, have to name a promise that each breaks.
 */
export const SEEDED: Readonly<Record<string, Seeded>> = {
	// Marks.
	'any request is taken for authentic': {
		seldom: true,
		rules: { authenticate: () => ({ kind: 'live' }) },
	},
	'the merge queue is not told apart': { seldom: true, rules: { isMergeQueue: no } },
	'the cap is one too high': {
		seldom: true,
		rules: { isAtCap: (task, policy) => task.execution > policy.execution_cap },
	},
	'the cap is one too low': {
		rules: { isAtCap: (task, policy) => task.execution >= policy.execution_cap - 1 },
	},
	'a further member does not join the list': { rules: { joins: no } },
	'a mark joins a list that there is not': { rules: { joins: yes } },
	'the budget is one too large': {
		rules: {
			isBudgetSpent: (first, policy) => first.automatic_restarts > policy.max_automatic_restarts,
		},
	},
	'the budget is one too small': {
		rules: {
			isBudgetSpent: (first, policy) =>
				first.automatic_restarts >= policy.max_automatic_restarts - 1,
		},
	},
	'the quota is not heeded': { seldom: true, rules: { isQuotaSpent: no } },
	'the quota is spent at once': { rules: { isQuotaSpent: (_, policy) => policy.daily_limit > 0 } },
	'a refusal for quota is answered 503': { rules: { statusOf: () => 503 } },
	// Aborts.
	'an abort aborts nothing': { seldom: true, rules: { abort: (task) => task } },
	'an abort ends the execution': {
		seldom: true,
		rules: { abort: (task) => ({ ...task, aborted: true, status: 'failed' }) },
	},
	'an abort unschedules the task': {
		rules: { abort: (task) => ({ ...task, aborted: true, activated: false }) },
	},
	'an abort withdraws no mark': { seldom: true, rules: { withdraws: no } },
	'an abort of several reaches the first': {
		seldom: true,
		rules: { reached: (running) => running.slice(0, 1) },
	},
	// Ends.
	'an end forgets that its execution was aborted': {
		seldom: true,
		rules: {
			end: (task, details, now_ms) => ({
				...task,
				status: details.status,
				details,
				ended_at_ms: now_ms,
			}),
		},
	},
	'an end loses the time-out': {
		rules: {
			end: (task, details, now_ms) => RULES.end(task, { ...details, timed_out: null }, now_ms),
		},
	},
	'an end loses its description': {
		rules: {
			end: (task, details, now_ms) => RULES.end(task, { ...details, description: '' }, now_ms),
		},
	},
	'an end is kept as of type test': {
		rules: {
			end: (task, details, now_ms) =>
				RULES.end(task, { ...details, type: details.type && 'test' }, now_ms),
		},
	},
	'an end is dated an hour back': {
		rules: { end: (task, details, now_ms) => RULES.end(task, details, now_ms - HOUR_MS) },
	},
	'a success stays on the list': { seldom: true, rules: { leavesList: no } },
	'a failure leaves the list': { rules: { leavesList: (ended) => ended.restart_pending } },
	'an end forgets the mark': {
		rules: {
			end: (task, details, now_ms) => ({ ...RULES.end(task, details, now_ms), mark: 'none' }),
		},
	},
	'an end sets the task free for others': {
		rules: {
			end: (task, details, now_ms) => ({ ...RULES.end(task, details, now_ms), host: null }),
		},
	},
	'a version of the merge queue goes on after its first failure': { rules: { abortsOthers: no } },
	'a success of the merge queue aborts the others': {
		seldom: true,
		rules: { abortsOthers: (ended) => ended.requester === 'github_merge_request' },
	},
	'the end of any task aborts its version': { rules: { abortsOthers: yes } },
	// Restarts.
	'a unit is restarted at its first end': { rules: { isSettled: yes } },
	'a unit waits for a member that cannot run': {
		seldom: true,
		rules: { isSettled: (members) => members.every(({ task }) => hasEnded(task)) },
	},
	'a granted mark is dropped at the end': { rules: { keeps: no } },
	'nobody resumes a restart': { seldom: true, rules: { resumes: no } },
	'only failed members are restarted': {
		rules: { restarting: (members) => members.filter(({ status }) => status === 'failed') },
	},
	'all that ended are restarted, where failed ones only are asked for': {
		seldom: true,
		rules: { restarting: (members) => members.filter(hasEnded) },
	},
	// Restarts that users ask for, when finished.
	'nobody keeps what a user asked after a crash': {
		rules: { resumes: (first) => first.restart_asked === null },
	},
	'what a user asked is done before every member ended': {
		rules: {
			isSettled: (members) =>
				members.some(({ task }) => task.restart_asked !== null) || RULES.isSettled(members),
		},
	},
	'what a user asked is done again': { rules: { answered: (first) => first } },
	'an abort of the whole does not take back what was asked': {
		seldom: true,
		rules: { cancels: no },
	},
	'any abort takes back what was asked': { seldom: true, rules: { cancels: yes } },
	'what never ran is restarted when finished': { rules: { hasRun: yes } },
	'what runs is not restarted when finished': {
		rules: { hasRun: (members) => members.some(hasEnded) },
	},
	'nothing waits for a restart that is asked with an abort': {
		seldom: true,
		rules: { awaitsRestart: no },
	},
	'what failed is restarted, where all is asked for': {
		rules: { asked: () => 'failed' },
	},
	'all is restarted, where what failed is asked for': {
		rules: { asked: () => 'whole' },
	},
	'a restart keeps the abort': {
		seldom: true,
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), aborted: ended.aborted }),
		},
	},
	'a restart keeps the mark': {
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), mark: ended.mark }),
		},
	},
	'a restart keeps the host': {
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), host: ended.host }),
		},
	},
	'a restart keeps the secret': {
		rules: { reset: (ended, by) => RULES.reset(ended, by, ended.secret) },
	},
	'a restart keeps the time of dispatch': {
		rules: {
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				dispatched_at_ms: ended.dispatched_at_ms,
			}),
		},
	},
	'a restart leaves a number out': {
		rules: {
			reset: (ended, by, secret) => ({
				...RULES.reset(ended, by, secret),
				execution: ended.execution + 2,
			}),
		},
	},
	'a restart counts anew': {
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), automatic_restarts: 0 }),
		},
	},
	'a restart of the unit is not counted': {
		seldom: true,
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), unit_restarts: 0 }),
		},
	},
	'a restart is taken for a scheduled run': {
		rules: { reset: (ended, _, secret) => RULES.reset(ended, { by: 'schedule' }, secret) },
	},
	'a restart is taken for a user’s': {
		rules: { reset: (ended, _, secret) => RULES.reset(ended, { by: 'user' }, secret) },
	},
	'a restarted task is not scheduled': {
		rules: {
			reset: (ended, by, secret) => ({ ...RULES.reset(ended, by, secret), activated: false }),
		},
	},
	// Dispatch and dependents.
	'a restarted task is never dispatched': {
		rules: {
			firstReady: async (tx, host, now_ms) => {
				const task = await tx.firstReady(host, now_ms);
				return task !== undefined && task.execution > 0 ? undefined : task;
			},
		},
	},
	'a member of a group is never dispatched': {
		rules: {
			firstReady: async (tx, host, now_ms) => {
				const task = await tx.firstReady(host, now_ms);
				return task?.place?.group ? undefined : task;
			},
		},
	},
	'a dependent waits for ever': { seldom: true, rules: { sightOf: () => 'open' } },
	'a dependent runs whatever it waits for': { seldom: true, rules: { sightOf: () => 'success' } },
	'a dependent of a blocked task waits': {
		seldom: true,
		rules: {
			sightOf: (awaited) => {
				const sight = RULES.sightOf(awaited);
				return sight === 'blocked' ? 'open' : sight;
			},
		},
	},
	// Monitor.
	'the monitor ends nothing': { rules: { isStale: no } },
	'the monitor ends everything': { metBy: 'monitor-runs', rules: { isStale: yes } },
	'the monitor waits for two hours': {
		rules: {
			isStale: (task, now_ms) =>
				task.last_heartbeat_ms !== null && now_ms - task.last_heartbeat_ms >= 2 * HOUR_MS,
		},
	},
	'the monitor leaves what never started': {
		seldom: true,
		rules: { isStale: (task, now_ms) => task.status === 'started' && RULES.isStale(task, now_ms) },
	},
	'the monitor spares what was aborted': {
		seldom: true,
		rules: { isStale: (task, now_ms) => !task.aborted && RULES.isStale(task, now_ms) },
	},
	'nothing is repaired': { seldom: true, rules: { isRepaired: no } },
	'repairs go on and on': {
		seldom: true,
		rules: { isRepaired: (ended, policy) => RULES.isRepaired({ ...ended, execution: 0 }, policy) },
	},
	'what is aborted is repaired': {
		seldom: true,
		rules: {
			isRepaired: (ended, policy) => RULES.isRepaired({ ...ended, aborted: false }, policy),
		},
	},
	'what is lost is repaired, whatever the policy': {
		rules: { isRepaired: (ended) => ended.execution === 0 },
	},
	// Agents.
	'a failure that is no matter stops its block': {
		seldom: true,
		agentRules: {
			consequence: (block, outcome) => {
				const right = AGENT_RULES.consequence(block, outcome);
				return right === 'goes-on' && outcome !== 'succeeded' ? 'block-stops' : right;
			},
		},
	},
	'a failure fails any block': {
		agentRules: {
			consequence: (_, outcome) => (outcome === 'succeeded' ? 'goes-on' : 'block-fails'),
		},
	},
	'a panic is no matter': {
		agentRules: {
			consequence: (block, outcome) =>
				outcome === 'panicked' ? 'goes-on' : AGENT_RULES.consequence(block, outcome),
		},
	},
	'a time-out is no matter where an error is none': {
		agentRules: {
			consequence: (block, outcome) =>
				block.canFailTask || outcome === 'timed-out-block'
					? AGENT_RULES.consequence(block, outcome)
					: 'goes-on',
		},
	},
	'the limit of a block is no matter': {
		seldom: true,
		agentRules: {
			consequence: (block, outcome) =>
				outcome === 'timed-out-block' && !block.canFailTask
					? 'goes-on'
					: AGENT_RULES.consequence(block, outcome),
		},
	},
	'a command without the flag is a cause': {
		agentRules: { isCause: ({ consequence }) => consequence === 'block-fails' },
	},
	'a failure that is no matter is a cause': {
		agentRules: {
			isCause: ({ command, outcome }) => command.retry_on_failure && outcome === 'failed',
		},
	},
	'a panic is no cause': {
		agentRules: { isCause: (end) => end.outcome !== 'panicked' && AGENT_RULES.isCause(end) },
	},
	'the agent asks in the merge queue': { seldom: true, agentRules: { mayAsk: yes } },
	'the agent asks never': { agentRules: { mayAsk: no } },
	'the agent asks again when it was answered': { agentRules: { asksAgain: yes } },
	'a refused call is sent again': { agentRules: { isFinal: no } },
	'a refused start is sent again': {
		seldom: true,
		agentRules: {
			isFinal: (route, status) => route !== 'start' && AGENT_RULES.isFinal(route, status),
		},
	},
	'any answer to a heartbeat fences': { agentRules: { isLost: yes } },
	'a host that is set up goes on with a restarted group': {
		seldom: true,
		agentRules: { followsOn: yes },
	},
	'a status that was posted is not heeded': {
		seldom: true,
		agentRules: {
			compose: (composed) => {
				const { failing } = composed;
				const end = AGENT_RULES.compose(composed);
				return failing === null
					? { ...end, status: 'success', type: null, description: '' }
					: { ...end, status: 'failed', type: failing.type, description: '' };
			},
		},
	},
	'an invalid status is a success': {
		seldom: true,
		agentRules: {
			compose: (composed) => {
				const end = AGENT_RULES.compose(composed);
				return end.description === '' ? end : { ...end, status: 'success', type: null };
			},
		},
	},
	'the time-out is not reported': {
		agentRules: { compose: (composed) => ({ ...AGENT_RULES.compose(composed), timed_out: null }) },
	},
	'post does not run': {
		agent: { arrange: (blocks) => ({ ...blocks, after: { ...blocks.after, commands: [] } }) },
	},
	'pre does not run': {
		seldom: true,
		agent: { arrange: (blocks) => ({ ...blocks, before: { ...blocks.before, commands: [] } }) },
	},
	'main runs backwards': {
		seldom: true,
		agent: {
			arrange: (blocks) => ({
				...blocks,
				main: { ...blocks.main, commands: blocks.main.commands.toReversed() },
			}),
		},
	},
};

/** Faults that break no promise: why each is left unpromised is in docs/semantics.md, "Not promised". */
export const UNPROMISED: Readonly<Record<string, Seeded>> = {
	'a host is set up anew for each member': { agentRules: { followsOn: no } },
	'the agent never asks again': { metBy: 'call-abandoned', agentRules: { asksAgain: no } },
	'the timeout block does not run': {
		agent: {
			arrange: (blocks) => ({ ...blocks, timeout: { ...blocks.timeout, commands: [] } }),
		},
	},
};

/** Faults that no random story has met, alone or beside the model: a hole that is known (docs/semantics.md, "Not promised"). */
export const UNMET: Readonly<Record<string, Seeded>> = {
	'a refused heartbeat is no matter': { agentRules: { isLost: no } },
	'what still runs is not killed at the end': { agentRules: { cleansUp: no } },
};
