import { hasEnded } from '../../impl/store/task-state.ts';
import type { Deviation } from './deviation.ts';

export const whatRunsCannotBeRestarted: Deviation = {
	id: 'H17',
	name: 'what runs cannot be restarted',
	symptom:
		'Who asks to restart a display task that has not finished is refused, where it was to restart when it has.',
	where: 'EVG-15724 (#5348)',
	breaks: ['C5'],
	rules: { hasRun: (members) => members.every(hasEnded) },
	toured: { by: 'versions', breaks: 'C5', far: true },
};
