import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const restartsAreTheServers: Deviation = {
	id: 'H34',
	name: 'restarts are the servers',
	symptom: 'Whoever restarts a task, the app server is said to have done it.',
	where: 'DEVPROD-6016 (#7765)',
	breaks: ['S2', 'S13', 'S19', 'L1', 'L6'],
	elsewhere: ['S17'],
	rules: { reset: (ended, _, secret) => RULES.reset(ended, { by: 'system' }, secret) },
	toured: { by: 'unanswered', breaks: 'S2' },
};
