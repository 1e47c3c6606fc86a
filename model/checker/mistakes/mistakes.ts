import { assign } from 'xstate';
import { agentMachine } from '../../machines/agent.ts';
import { workOf } from '../../machines/agent-record.ts';
import { appServerMachine, givenTo } from '../../machines/app-server.ts';
import { blockMachine } from '../../machines/block.ts';
import { callMachine } from '../../machines/call.ts';
import { quotaMachine } from '../../machines/quota.ts';
import { taskMachine } from '../../machines/task.ts';
import { renew, STALE_MINUTES } from '../../machines/task-record.ts';
import { unitMachine } from '../../machines/unit.ts';
import {
	hasEnded,
	isPending,
	isSettled,
	noted,
	type UnitContext,
} from '../../machines/unit-record.ts';
import type { Mistake } from './mistake.ts';

const no = () => false;
const yes = () => true;
const due = (unit: UnitContext) => isPending(unit) && isSettled(unit);

/** Mistakes that show at one step. */
export const STEPS = {
	'an aborted task is restarted all the same (H28 i)': {
		overrides: {
			task: taskMachine.provide({
				guards: {
					granted: ({ context, event }) => event.type !== 'ABORT' && context.mark === 'granted',
				},
			}),
		},
		configuration: 'users',
		breaks: { S3: 8, S7: 8, S21: 8 },
	},
	'a display task is aborted, and restarted for a member that had ended': {
		overrides: {
			unit: unitMachine.provide({
				actions: {
					note: assign((given) => (given.event.type === 'CALL_OFF' ? given.context : noted(given))),
				},
				guards: {
					'no other on the list': (given) =>
						given.event.type !== 'CALL_OFF' && noted(given).list.length === 0,
				},
			}),
		},
		configuration: 'display-abort',
		breaks: { S3: 10, S7: 10, S21: 10 },
	},
	'a task is restarted again and again (H28 ii)': {
		overrides: { unit: unitMachine.provide({ guards: { 'no budget': no } }) },
		configuration: 'faults',
		breaks: { S1: 17 },
	},
	'an execution beyond the cap is restarted': {
		overrides: { unit: unitMachine.provide({ guards: { 'at cap': no } }) },
		configuration: 'limits',
		breaks: { S1: 22 },
	},
	'a mark is granted at the cap, and no restart follows (D10b)': {
		overrides: {
			unit: unitMachine.provide({
				guards: {
					'at cap': no,
					due: ({ context }) => due(context) && context.restarts < context.cap,
				},
			}),
		},
		configuration: 'limits',
		breaks: { S1: 22 },
	},
	'a task of the merge queue is restarted if somebody asks for it (D22)': {
		overrides: { task: taskMachine.provide({ guards: { 'merge queue': no } }) },
		configuration: 'merge-queue',
		breaks: { S6: 3 },
	},
	'a task that succeeded is taken for one that failed, and restarted (D5)': {
		overrides: {
			task: taskMachine.provide({ guards: { success: no } }),
		},
		configuration: 'background',
		breaks: { S18: 9 },
	},
	'a project has one restart a day too many': {
		overrides: {
			quota: quotaMachine.provide({
				guards: {
					'slot free': ({ context: { policy, slots } }) =>
						policy.daily_limit === 0 || slots.length <= policy.daily_limit,
				},
			}),
		},
		configuration: 'quota',
		breaks: { S7: 27 },
	},
	'the last slot of a project is never given (D1c)': {
		overrides: {
			quota: quotaMachine.provide({
				guards: {
					'slot free': ({ context: { policy, slots } }) =>
						policy.daily_limit === 0 || slots.length < policy.daily_limit - 1,
				},
			}),
		},
		configuration: 'quota',
		breaks: { S7: 7, L1: 7 },
	},
	'a display task restarts at the end of the member that asked (H01)': {
		overrides: {
			unit: unitMachine.provide({
				guards: {
					due: ({ context }) => isPending(context) && context.standings.some(hasEnded),
				},
			}),
		},
		configuration: 'display',
		breaks: { S5: 9 },
	},
	'a project has as many restarts a day as it likes (H39)': {
		overrides: { quota: quotaMachine.provide({ guards: { 'slot free': yes } }) },
		configuration: 'limits',
		breaks: { S7: 17 },
	},
	'a late request of an agent changes the execution after its own': {
		overrides: {
			task: taskMachine.provide({ guards: { live: ({ event }) => 'execution' in event } }),
		},
		configuration: 'late',
		breaks: { S9: 9, S10: 9 },
	},
	'a restarted task begins with the mark of the run before (H02)': {
		overrides: {
			task: taskMachine.provide({
				actions: {
					'begin anew': assign(({ context }, { startedBy }) => ({
						execution: context.execution + 1,
						startedBy,
						host: null,
						aborted: false,
						details: null,
					})),
				},
			}),
		},
		configuration: 'faults',
		breaks: { S7: 9, S12: 9 },
	},
	'a restarted task begins with what was said in the run before': {
		overrides: {
			task: taskMachine.provide({
				actions: {
					'begin anew': assign(({ context }, { startedBy }) => ({
						...renew(context, startedBy),
						remarks: context.remarks,
					})),
				},
			}),
		},
		configuration: 'remarks',
		breaks: { S12: 10 },
	},
	'a task is restarted for a timeout in a block that cannot fail it (D6)': {
		overrides: {
			block: blockMachine.provide({
				guards: { 'fails the task': ({ event }) => event.type === 'TIMED_OUT' },
			}),
		},
		configuration: 'blocks',
		breaks: { S4: 6 },
	},
	'an agent asks to restart a task of the merge queue (H45)': {
		overrides: {
			agent: agentMachine.provide({
				guards: {
					'to be marked': ({ context, event }) =>
						event.type === 'BLOCK_FAILED' && event.failure.flagged && !context.answered,
				},
			}),
		},
		configuration: 'merge-queue',
		breaks: { S6: 6 },
	},
	'a flagged command that runs into its time limit is not tried again (H42)': {
		overrides: {
			agent: agentMachine.provide({
				guards: {
					'to be marked': ({ context, event }) =>
						event.type === 'BLOCK_FAILED' &&
						event.limit === null &&
						event.failure.flagged &&
						context.marks &&
						!context.answered,
				},
			}),
		},
		configuration: 'blocks',
		breaks: { L1: 6 },
	},
	'an abort costs a task a restart that it never had (D2)': {
		overrides: {
			unit: unitMachine.provide({ actions: { 'return budget': assign({}) } }),
		},
		configuration: 'users',
		breaks: { S13: 8 },
	},
	'the secret of an execution that ended long ago is still good (H37)': {
		overrides: { task: taskMachine.provide({ actions: { 'age secrets': assign({}) } }) },
		configuration: 'users',
		breaks: { S10: 12 },
	},
	'a host that is set up for a group goes on with it when it has restarted': {
		overrides: {
			agent: agentMachine.provide({ guards: { 'must leave its group': no } }),
		},
		configuration: 'group-set-up',
		breaks: { S23: 16 },
	},
	'how a command exited is not told': {
		overrides: { block: blockMachine.provide({ actions: { 'note exit': assign({}) } }) },
		configuration: 'exits',
		breaks: { S15: 7 },
	},
	'a project beside the first has no slot to give': {
		overrides: {
			quota: quotaMachine.provide({
				guards: {
					'slot free': ({ context: { policy, slots }, event }) =>
						event.type === 'TAKE' && event.unit === 0 && slots.length < policy.daily_limit,
				},
			}),
		},
		configuration: 'projects',
		breaks: { S7: 11, L1: 11 },
	},
	'an abort of a version aborts nothing that runs': {
		overrides: {
			unit: unitMachine.provide({
				guards: { 'one is in progress, or a restart is asked': no },
			}),
		},
		configuration: 'versions',
		breaks: { S3: 3, S21: 3 },
	},
	'a host that is set up for a group of another version goes on with it when it has restarted': {
		overrides: {
			agent: agentMachine.provide({
				guards: {
					'must leave its group': ({ context: { setUpFor }, event }) => {
						const work = workOf(event);
						if (setUpFor === null) return false;
						if (work?.run.group?.instance !== setUpFor.group) return true;
						return setUpFor.group === 0 && work.restarts > setUpFor.restarts;
					},
				},
			}),
		},
		configuration: 'version-groups',
		breaks: { S23: 20 },
	},
	'an agent asks to restart a task of the second version in the merge queue': {
		overrides: {
			agent: agentMachine.provide({
				guards: {
					'to be marked': ({ context, event }) =>
						event.type === 'BLOCK_FAILED' &&
						event.failure.flagged &&
						!context.answered &&
						(context.marks || context.task === 1),
				},
			}),
		},
		configuration: 'version-fails',
		breaks: { S6: 9 },
	},
	'an agent sends a call more often than it may': {
		overrides: { call: callMachine.provide({ guards: { 'attempts left': yes } }) },
		configuration: 'faults',
		breaks: { S14: 9, L4: 9 },
	},
	'a task whose agent died runs for ever': {
		overrides: { task: taskMachine.provide({ guards: { silent: no } }) },
		configuration: 'faults',
		breaks: { L2: 4 },
	},
	'a restarted task whose agent died runs for ever': {
		overrides: {
			task: taskMachine.provide({
				guards: {
					silent: ({ context }) => context.unheard >= STALE_MINUTES && context.execution === 0,
				},
			}),
		},
		configuration: 'faults',
		breaks: { L2: 13 },
	},
} satisfies Record<string, Mistake>;

/** Mistakes that show at no step: something is owed, and for ever. */
export const LOOPS = {
	'a mark is granted to a later execution, whose restart never comes (H29)': {
		overrides: {
			unit: unitMachine.provide({
				guards: { due: ({ context }) => due(context) && context.restarts === 0 },
			}),
		},
		configuration: 'limits',
		breaks: { L1: 18, deadlock: 18 },
	},
	'a restart is lost if the app server crashes right behind the end (D4)': {
		overrides: {
			unit: unitMachine.provide({
				guards: { due: ({ context, event }) => event.type !== 'MONITOR' && due(context) },
			}),
		},
		configuration: 'crashes',
		breaks: { L1: 13, deadlock: 13 },
	},
	'what is lost stays lost, though the policy promises to repair it': {
		overrides: {
			unit: unitMachine.provide({
				guards: { due: ({ context }) => due(context) && context.list.length > 0 },
			}),
		},
		configuration: 'stale',
		breaks: { L6: 10, deadlock: 10 },
	},
	'a task that others held back is never dispatched': {
		overrides: {
			'app-server': appServerMachine.provide({
				guards: {
					'a task waits': ({ context, event }) =>
						event.type === 'NEXT' && givenTo(context, event.host) === 0,
				},
			}),
		},
		configuration: 'dependents',
		breaks: { L5: 9 },
	},
	'post runs its command again and again': {
		overrides: {
			block: blockMachine.provide({
				actions: {
					next: assign({
						index: ({ context }) => (context.block === 'post' ? context.index : context.index + 1),
					}),
				},
			}),
		},
		configuration: 'users',
		breaks: { deadlock: 9 },
	},
} satisfies Record<string, Mistake>;
