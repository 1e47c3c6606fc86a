import { AGENT_RULES } from '../../impl/agent/rules.ts';
import type { Deviation } from './deviation.ts';

export const flagInAFunctionIgnored: Deviation = {
	id: 'H32',
	name: 'flag in a function ignored',
	symptom: 'The flag of a command inside a function counts for nothing.',
	where: 'DEVPROD-4947 (#7673)',
	breaks: ['L1', 'C2'],
	agentRules: {
		isCause: (finished) =>
			AGENT_RULES.isCause(finished) && finished.command.position.member === null,
	},
	toured: { by: 'functions', breaks: 'L1', far: true },
};
