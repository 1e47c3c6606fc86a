import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const capHoldsForUsersToo: Deviation = {
	id: 'H29-ii',
	name: 'cap holds for users too',
	symptom: 'A user who restarts a task at the cap is refused.',
	where: 'DEVPROD-4220 (#7542)',
	breaks: ['S13'],
	rules: {
		isRestartable: (named, policy) =>
			RULES.isRestartable(named, policy) && !named.some((task) => RULES.isAtCap(task, policy)),
	},
	toured: { by: 'limits', breaks: 'S13', far: true },
};
