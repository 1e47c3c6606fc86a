import type { Deviation } from './deviation.ts';

export const budgetOfEachMember: Deviation = {
	id: 'D9',
	name: 'budget of each member',
	symptom: 'A group of n members can restart n times, once for each of them.',
	where: 'evergreen 953ae91, task_lifecycle.go',
	breaks: ['S1'],
	long: 'a group has to restart, and its second member to run before it asks',
	rules: {
		isBudgetSpent: (_, policy, task) =>
			task.unit_restarts >= 0 && task.automatic_restarts >= policy.max_automatic_restarts,
	},
	toured: { by: 'group-abort', breaks: 'S1', far: true },
};
