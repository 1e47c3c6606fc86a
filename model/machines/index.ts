import { agentMachine } from './agent.ts';
import { appServerMachine } from './app-server.ts';
import { blockMachine } from './block.ts';
import { callMachine } from './call.ts';
import { commandMachine } from './command.ts';
import { heartbeatMachine } from './heartbeat.ts';
import { quotaMachine } from './quota.ts';
import { taskMachine } from './task.ts';
import { unitMachine } from './unit.ts';

/** The machines of the system, by the names of their files, which diagrams and coverage use too. */
export const machines = {
	command: commandMachine,
	block: blockMachine,
	agent: agentMachine,
	call: callMachine,
	heartbeat: heartbeatMachine,
	'app-server': appServerMachine,
	task: taskMachine,
	unit: unitMachine,
	quota: quotaMachine,
} as const;

/** Machines to use in place of those of the model: what if one of them were wrong? */
export type Overrides = { readonly [Name in keyof typeof machines]?: (typeof machines)[Name] };
