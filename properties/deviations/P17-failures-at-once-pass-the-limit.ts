import type { Deviation } from './deviation.ts';

export const failuresAtOncePassTheLimit: Deviation = {
	id: 'P17',
	name: 'failures at once pass the limit',
	symptom: 'Members of a unit that fail at the same moment each take a piece of its budget.',
	where: 'kubernetes/kubernetes#60735, #70251',
	breaks: ['S1', 'S7', 'S13'],
	long: 'two members have to ask for a restart, at once',
	rules: { holds: (matter) => matter !== 'list' },
	toured: { by: 'overlap-members', breaks: 'S7' },
};
