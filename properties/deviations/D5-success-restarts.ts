import type { Deviation } from './deviation.ts';

export const successRestarts: Deviation = {
	id: 'D5',
	also: ['D5b', 'D23'],
	name: 'success restarts',
	symptom: 'A task that ends in success after a granted mark is run again.',
	where: 'evergreen 953ae91, task_lifecycle.go',
	breaks: ['S2', 'S3', 'S7'],
	rules: { leavesList: () => false },
	toured: { by: 'background', breaks: 'S2', far: true },
	told: 'seldom',
};
