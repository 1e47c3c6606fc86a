import type { Deviation } from './deviation.ts';

export const twoMarks: Deviation = {
	id: 'F8',
	name: 'two marks',
	symptom: 'Main and post both fail, and both are marked.',
	where: 'field, F8',
	breaks: ['S14'],
	agentRules: { asksAgain: () => true },
	toured: { by: 'unanswered', breaks: 'S14' },
	told: 'soon',
};
