import type { Deviation } from './deviation.ts';

export const marksAtOnceAreCountedOnce: Deviation = {
	id: 'D1d',
	name: 'marks at once are counted once',
	symptom:
		'Of two marks at once each writes down that it is the first of the day, and a slot too many is given.',
	where: 'evergreen 953ae91, project_ref.go',
	breaks: ['S7'],
	long: 'two tasks have to ask for a restart, at once',
	rules: { holds: (matter) => matter !== 'slots' },
	toured: { by: 'overlap-quota', breaks: 'S7' },
};
