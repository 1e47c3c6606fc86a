import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const executionNotCountedInUnits: Deviation = {
	id: 'H11',
	name: 'execution not counted in units',
	symptom: 'A unit of several tasks is archived without a new execution number.',
	where: 'EVG-13249 (#4138)',
	breaks: ['S10', 'S11', 'S12', 'S18', 'S19', 'L1', 'L2'],
	rules: {
		reset: (ended, startedBy, secret) => {
			const next = RULES.reset(ended, startedBy, secret);
			return ended.place === null ? next : { ...next, execution: ended.execution };
		},
	},
	toured: { by: 'group-crash', breaks: 'S10' },
};
