import { hasEnded } from '../../impl/store/task-state.ts';
import type { Deviation } from './deviation.ts';

export const repairRestartsWhatSucceeded: Deviation = {
	id: 'H20',
	name: 'repair restarts what succeeded',
	symptom: 'A repair of a lost task runs all of its display task anew, also what succeeded.',
	where: 'EVG-16980 (#5794), EVG-16983 (#5876)',
	breaks: ['L6', 'C4'],
	rules: { restarting: (members) => members.filter(hasEnded) },
	toured: { by: 'display-users', breaks: 'C4', far: true },
	told: 'seldom',
};
