import type { Deviation } from './deviation.ts';

export const twoServersActOnOneLook: Deviation = {
	id: 'P24',
	name: 'two servers act on one look',
	symptom: 'Two servers that looked at the same end restart the task twice.',
	where: 'kubernetes/kubernetes#130103, apache/airflow#57618',
	breaks: ['S17'],
	rules: { holds: (matter) => matter !== 'restart' },
	toured: { by: 'overlap-users', breaks: 'S17', far: true },
};
