import type { Deviation } from './deviation.ts';

export const markActsOnAnOldLook: Deviation = {
	id: 'H46',
	name: 'mark acts on an old look',
	symptom: 'A mark is granted to an execution that ended since the request for it was let in.',
	where: 'DEVPROD-16587 (#10016)',
	breaks: ['S8', 'S10', 'S22'],
	rules: { holds: (matter) => matter !== 'admission' },
	toured: { by: 'overlap-monitor', breaks: 'S8' },
};
