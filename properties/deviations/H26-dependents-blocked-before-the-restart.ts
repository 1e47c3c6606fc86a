import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const dependentsBlockedBeforeTheRestart: Deviation = {
	id: 'H26',
	also: ['P6'],
	name: 'dependents blocked before the restart',
	symptom: 'Who waits for a task is blocked by a failure that is about to be retried.',
	where: 'DEVPROD-959 (#7231)',
	breaks: ['S5'],
	rules: { sightOf: (awaited) => RULES.sightOf({ ...awaited, restarts: false }) },
	toured: { by: 'awaiting', breaks: 'S5' },
};
