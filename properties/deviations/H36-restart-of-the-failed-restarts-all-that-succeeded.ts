import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const restartOfTheFailedRestartsAllThatSucceeded: Deviation = {
	id: 'H36',
	name: 'restart of the failed restarts all that succeeded',
	symptom:
		'Who asks to restart the failed members of a display task in which none failed restarts them all.',
	where: 'DEVPROD-2527 (#8152)',
	breaks: ['C4'],
	rules: {
		restarting: (members, failedOnly) =>
			RULES.restarting(members, failedOnly && members.some(({ status }) => status === 'failed')),
	},
	toured: { by: 'display-finished', breaks: 'C4', far: true },
};
