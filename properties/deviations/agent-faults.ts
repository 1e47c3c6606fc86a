import { AGENT_RULES } from '../../impl/agent/rules.ts';
import { agent, type Fault } from './fault.ts';

/** An agent that is wrong in one decision. */
export const AGENT_FAULTS: readonly Fault[] = [
	{
		what: 'no command is a cause',
		transition: 'block asks',
		reference: agent({ isCause: () => false }),
		foundBy: 'users',
		breaks: 'L1',
	},
	{
		what: 'a switch that is off lets a block fail',
		transition: 'block FAILED',
		reference: agent({
			consequence: (block, outcome) =>
				AGENT_RULES.consequence({ ...block, canFailTask: true }, outcome),
		}),
		foundBy: 'background',
		breaks: 'S15',
	},
	{
		what: 'a block goes on after a failure',
		transition: 'block FAILED',
		reference: agent({ consequence: () => 'goes-on' }),
		foundBy: 'users',
		breaks: 'L1',
	},
	{
		what: 'a command without the flag is a cause',
		transition: 'block asks',
		reference: agent({ isCause: ({ consequence }) => consequence === 'block-fails' }),
		foundBy: 'background',
		breaks: 'S4',
	},
	{
		what: 'a command with the flag always is a cause',
		transition: 'block asks',
		reference: agent({
			isCause: ({ command, outcome }) => command.retry_on_failure && outcome !== 'succeeded',
		}),
		foundBy: 'blocks',
		breaks: 'S4',
		isFar: true,
	},
	{
		what: 'an agent asks in the merge queue',
		transition: 'agent marks',
		reference: agent({ mayAsk: () => true }),
		foundBy: 'merge-queue',
		breaks: 'S6',
	},
	{
		what: 'an agent asks again after an answer',
		transition: 'agent ASKED',
		reference: agent({ asksAgain: () => true }),
		foundBy: 'unanswered',
		breaks: 'S14',
	},
	{
		what: 'an agent asks but once though nobody answered',
		transition: 'agent ASKED',
		reference: agent({ asksAgain: () => false }),
		foundBy: 'unanswered',
		breaks: 'L1',
	},
	{
		what: 'a refused call is sent again',
		transition: 'call REPLY',
		reference: agent({ isFinal: () => false }),
		foundBy: 'merge-queue',
		breaks: 'S14',
		isFar: true,
	},
	{
		what: 'a later execution follows on in its group',
		transition: 'agent TASK group',
		reference: agent({ followsOn: () => true }),
		foundBy: 'group-crash',
		breaks: null,
	},
	{
		what: 'no task follows on in its group',
		transition: 'agent TASK group',
		reference: agent({ followsOn: () => false }),
		foundBy: 'group-abort',
		breaks: null,
	},
	{
		what: 'a posted status is not looked at',
		transition: 'block STATUS_POSTED',
		reference: agent({
			compose: (composed) =>
				AGENT_RULES.compose({
					...composed,
					status: Object.assign(Object.create(composed.status), { posted: null }),
				}),
		}),
		foundBy: 'background',
		breaks: 'S15',
	},
];
