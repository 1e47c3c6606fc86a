import { AGENT_RULES } from '../../../impl/agent/rules.ts';
import type { Fault } from '../../systems/fault.ts';

const no = (): boolean => false;
const yes = (): boolean => true;

/** Agents. */
export const AGENTS: readonly Fault[] = [
	{
		id: 'no command is a cause',
		where: 'block asks',
		breaks: ['L1'],
		agentRules: { isCause: () => false },
		toured: { by: 'users', breaks: 'L1' },
	},
	{
		id: 'a switch that is off lets a block fail',
		where: 'block FAILED',
		breaks: ['S15'],
		agentRules: {
			consequence: (block, outcome) =>
				AGENT_RULES.consequence({ ...block, canFailTask: true }, outcome),
		},
		toured: { by: 'background', breaks: 'S15' },
	},
	{
		id: 'a block goes on after a failure',
		where: 'block FAILED',
		breaks: ['L1'],
		agentRules: { consequence: () => 'goes-on' },
		toured: { by: 'users', breaks: 'L1' },
	},
	{
		id: 'a command without the flag is a cause',
		where: 'block asks',
		breaks: ['S4'],
		agentRules: { isCause: ({ consequence }) => consequence === 'block-fails' },
		toured: { by: 'background', breaks: 'S4' },
		told: 'soon',
	},
	{
		id: 'a command with the flag always is a cause',
		where: 'block asks',
		breaks: ['S4'],
		agentRules: {
			isCause: ({ command, outcome }) => command.retry_on_failure && outcome !== 'succeeded',
		},
		toured: { by: 'blocks', breaks: 'S4', far: true },
	},
	{
		id: 'an agent asks but once though nobody answered',
		where: 'agent ASKED',
		breaks: ['L1'],
		agentRules: { asksAgain: () => false },
		toured: { by: 'unanswered', breaks: 'L1' },
		told: 'difference',
	},
	{
		id: 'a refused call is sent again',
		where: 'call REPLY',
		breaks: ['S14', 'S4'],
		agentRules: { isFinal: () => false },
		toured: { by: 'merge-queue', breaks: 'S14', far: true },
		told: 'soon',
	},
	{
		id: 'a later execution follows on in its group',
		where: 'agent TASK group',
		breaks: ['S23'],
		agentRules: { followsOn: () => true },
		toured: { by: 'group-crash', breaks: null },
		told: 'seldom',
	},
	{
		id: 'no task follows on in its group',
		where: 'agent TASK group',
		breaks: [],
		agentRules: { followsOn: () => false },
		toured: { by: 'group-abort', breaks: null },
		told: 'difference',
	},
	{
		id: 'a posted status is not looked at',
		where: 'block STATUS_POSTED',
		breaks: ['S15'],
		agentRules: {
			compose: (composed) =>
				AGENT_RULES.compose({
					...composed,
					status: Object.assign(Object.create(composed.status), { posted: null }),
				}),
		},
		toured: { by: 'background', breaks: 'S15' },
		told: 'seldom',
	},
	{
		id: 'a failure that is no matter stops its block',
		where: 'block FAILED',
		breaks: ['S4'],
		agentRules: {
			consequence: (block, outcome) => {
				const right = AGENT_RULES.consequence(block, outcome);
				return right === 'goes-on' && outcome !== 'succeeded' ? 'block-stops' : right;
			},
		},
		told: 'seldom',
	},
	{
		id: 'a failure fails any block',
		where: 'block FAILED',
		breaks: ['S15'],
		elsewhere: ['S4'],
		agentRules: {
			consequence: (_, outcome) => (outcome === 'succeeded' ? 'goes-on' : 'block-fails'),
		},
		told: 'soon',
	},
	{
		id: 'a panic is no matter',
		where: 'block FAILED',
		breaks: ['S15'],
		elsewhere: ['S4'],
		agentRules: {
			consequence: (block, outcome) =>
				outcome === 'panicked' ? 'goes-on' : AGENT_RULES.consequence(block, outcome),
		},
		told: 'soon',
	},
	{
		id: 'a time-out is no matter where an error is none',
		where: 'block FAILED',
		breaks: ['S15'],
		elsewhere: ['S4'],
		agentRules: {
			consequence: (block, outcome) =>
				block.canFailTask || outcome === 'timed-out-block'
					? AGENT_RULES.consequence(block, outcome)
					: 'goes-on',
		},
		told: 'soon',
	},
	{
		id: 'the limit of a block is no matter',
		where: 'block FAILED',
		breaks: ['S4'],
		agentRules: {
			consequence: (block, outcome) =>
				outcome === 'timed-out-block' && !block.canFailTask
					? 'goes-on'
					: AGENT_RULES.consequence(block, outcome),
		},
		told: 'seldom',
	},
	{
		id: 'a failure that is no matter is a cause',
		where: 'block asks',
		breaks: ['L1', 'S4'],
		agentRules: {
			isCause: ({ command, outcome }) => command.retry_on_failure && outcome === 'failed',
		},
		told: 'soon',
	},
	{
		id: 'an abort cuts short what cleans up, too',
		where: 'agent HEARD abort',
		breaks: ['S4'],
		elsewhere: ['L3'],
		agentRules: { cutsShort: yes },
		told: 'seldom',
	},
	{
		id: 'an abort does not cut short what sets up',
		where: 'agent HEARD abort',
		breaks: ['S4'],
		agentRules: { cutsShort: (block) => block === 'main' },
		told: 'seldom',
	},
	{
		id: 'the agent asks never',
		where: 'agent marks',
		breaks: ['L1'],
		agentRules: { mayAsk: no },
		told: 'soon',
	},
	{
		id: 'any answer to a heartbeat fences',
		where: 'agent HEARTBEAT',
		breaks: ['S14'],
		elsewhere: ['L3'],
		agentRules: { isLost: yes },
		told: 'soon',
	},
	{
		id: 'an invalid status is a success',
		where: 'block STATUS_POSTED',
		breaks: ['S15'],
		agentRules: {
			compose: (composed) => {
				const end = AGENT_RULES.compose(composed);
				return end.description === '' ? end : { ...end, status: 'success', type: null };
			},
		},
		told: 'seldom',
	},
	{
		id: 'the time-out is not reported',
		where: 'agent ENDS',
		breaks: ['S15'],
		agentRules: { compose: (composed) => ({ ...AGENT_RULES.compose(composed), timed_out: null }) },
		told: 'soon',
	},
	{
		id: 'a signal is told as an exit code',
		where: 'agent ENDS',
		breaks: ['S15'],
		agentRules: {
			compose: (composed) => {
				const end = AGENT_RULES.compose(composed);
				return typeof end.exit === 'string' ? { ...end, exit: 137 } : end;
			},
		},
		toured: { by: 'exits', breaks: 'S15' },
		told: 'soon',
	},
	{
		id: 'the exit that is told is that of the last failure',
		where: 'agent ENDS',
		breaks: ['S15'],
		agentRules: {
			compose: (composed) => {
				const { exit, ...end } = AGENT_RULES.compose(composed);
				const last = composed.causes.at(-1)?.exit;
				return exit === undefined || last === undefined ? end : { ...end, exit: last };
			},
		},
		toured: { by: 'exits', breaks: 'S15' },
		told: 'seldom',
	},
	{
		id: 'an exit is told of a success',
		where: 'agent ENDS',
		breaks: ['S15'],
		agentRules: {
			compose: (composed) => {
				const end = AGENT_RULES.compose(composed);
				const exit = composed.causes[0]?.exit;
				return exit === undefined ? end : { ...end, exit };
			},
		},
		// It takes a command that fails, tells how it exited, and goes with a success that was posted: one story in a thousand.
		toured: { by: 'exits', breaks: 'S15' },
		told: 'seldom',
	},
	{
		id: 'post does not run',
		where: 'agent BLOCKS',
		breaks: ['L3'],
		agent: { arrange: (blocks) => ({ ...blocks, after: { ...blocks.after, commands: [] } }) },
		told: 'soon',
	},
	{
		id: 'pre does not run',
		where: 'agent BLOCKS',
		breaks: ['S4'],
		agent: { arrange: (blocks) => ({ ...blocks, before: { ...blocks.before, commands: [] } }) },
		told: 'seldom',
	},
	{
		id: 'main runs backwards',
		where: 'agent BLOCKS',
		breaks: ['S4'],
		agent: {
			arrange: (blocks) => ({
				...blocks,
				main: { ...blocks.main, commands: blocks.main.commands.toReversed() },
			}),
		},
		told: 'seldom',
	},
	{
		id: 'the timeout block does not run',
		where: 'agent BLOCKS',
		breaks: [],
		agent: { arrange: (blocks) => ({ ...blocks, timeout: { ...blocks.timeout, commands: [] } }) },
		told: 'difference',
	},
	{
		id: 'a refused heartbeat is no matter',
		where: 'agent HEARTBEAT',
		breaks: [],
		agentRules: { isLost: no },
		told: 'unmet',
	},
	{
		id: 'what post has left running outlives the end',
		where: 'agent ENDS',
		breaks: ['S5'],
		agentRules: { cleansUp: (left) => left !== 'post' },
		toured: { by: 'background', breaks: 'S5' },
		told: 'soon',
	},
	{
		id: 'what the timeout block has left running outlives the end',
		where: 'agent ENDS',
		breaks: ['S5'],
		agentRules: { cleansUp: (left) => left !== 'timeout' },
		told: 'soon',
	},
	{
		id: 'what teardown_task has left running outlives the end',
		where: 'agent ENDS',
		breaks: ['S5'],
		agentRules: { cleansUp: (left) => left !== 'teardown_task' },
		told: 'seldom',
	},
	{
		id: 'what runs in the background outlives the loss of the execution',
		where: 'agent LOST',
		breaks: ['S5'],
		agentRules: { cleansUp: (_, lost) => !lost },
		told: 'seldom',
	},
];
