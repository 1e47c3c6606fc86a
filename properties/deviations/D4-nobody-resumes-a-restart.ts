import { LOOPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const nobodyResumesARestart: Deviation = {
	id: 'D4',
	also: ['H33'],
	name: 'nobody resumes a restart',
	symptom: 'When the server dies between an end and its restart, the restart is lost for good.',
	where: 'evergreen 953ae91, task_lifecycle.go',
	breaks: ['L1'],
	machines: LOOPS['a restart is lost if the app server crashes right behind the end (D4)'],
	elsewhere: ['L6', 'C5'],
	rules: { resumes: () => false },
	toured: { by: 'dependents', breaks: 'L1' },
	told: 'seldom',
};
