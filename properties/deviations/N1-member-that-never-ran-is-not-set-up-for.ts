import { assign } from 'xstate';
import { agentMachine } from '../../model/machines/agent.ts';
import { workOf } from '../../model/machines/agent-record.ts';
import type { Deviation } from './deviation.ts';

export const memberThatNeverRanIsNotSetUpFor: Deviation = {
	id: 'N1',
	name: 'member that never ran is not set up for',
	symptom:
		'After its group was restarted, a task that never ran before finds what the try before left on its host, as the group is not set up there anew.',
	where: 'evergreen 953ae91, agent/agent.go (shouldRunSetupGroup)',
	breaks: ['S23'],
	long: 'the group restarts on one host, which leaves, before the host that had it is given the next task of it',
	agentRules: {
		followsOn: (work, before) => work.execution.execution <= before.execution.execution,
	},
	machines: {
		overrides: {
			agent: agentMachine.provide({
				actions: {
					'take up': assign(({ context: { next }, event }) => {
						const work = next ?? workOf(event);
						if (work === null) return {};
						return { ...work, restarts: work.execution, next: null, unheard: 0 };
					}),
				},
				guards: {
					'must leave its group': ({ context: { setUpFor }, event }) => {
						const work = workOf(event);
						if (setUpFor === null) return false;
						if (work?.run.group?.instance !== setUpFor.group) return true;
						return work.execution > setUpFor.restarts;
					},
				},
			}),
		},
		configuration: 'group-left',
		breaks: { S23: 25 },
	},
	toured: { by: 'group-left', breaks: 'S23' },
	told: 'seldom',
};
