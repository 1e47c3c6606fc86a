import { hasEnded } from '../../impl/store/task-state.ts';
import { STEPS } from '../../model/checker/mistakes/mistakes.ts';
import type { Deviation } from './deviation.ts';

export const restartAtFirstEnd: Deviation = {
	id: 'H01',
	name: 'restart at first end',
	symptom:
		'A display task or group restarts at the first end that is down for it, while other members still run.',
	where: 'EVG-5161 (#1512)',
	breaks: ['S5'],
	machines: STEPS['a display task restarts at the end of the member that asked (H01)'],
	rules: {
		isSettled: (members) => members.some(({ task }) => hasEnded(task)),
	},
	toured: { by: 'behind', breaks: 'S5', far: true },
};
