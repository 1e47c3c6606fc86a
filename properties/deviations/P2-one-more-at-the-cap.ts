import type { Deviation } from './deviation.ts';

export const oneMoreAtTheCap: Deviation = {
	id: 'P2',
	name: 'one more at the cap',
	symptom: 'One try too many at the limit.',
	where: 'mongodb/mongodb-kubernetes#491',
	breaks: ['S1'],
	rules: { isAtCap: (task, policy) => task.execution > policy.execution_cap },
	toured: { by: 'limits-late', breaks: null, far: true },
	told: 'seldom',
};
