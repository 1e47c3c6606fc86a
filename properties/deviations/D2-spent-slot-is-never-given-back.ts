import type { Deviation } from './deviation.ts';

export const spentSlotIsNeverGivenBack: Deviation = {
	id: 'D2',
	name: 'spent slot is never given back',
	symptom:
		'A mark that comes to nothing, as its task was aborted or restarted by a user, has used up a slot of the day.',
	where: 'evergreen 953ae91, task_restart route',
	breaks: ['S7'],
	rules: { givesBack: (what) => what !== 'slot' },
	toured: { by: 'quota', breaks: 'S7' },
};
