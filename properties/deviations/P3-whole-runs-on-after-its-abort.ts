import { RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

export const wholeRunsOnAfterItsAbort: Deviation = {
	id: 'P3',
	name: 'whole runs on after its abort',
	symptom: 'The whole is shown as running after it was aborted, for ever.',
	where: 'argoproj/argo-workflows#15472, #14878',
	breaks: ['S22'],
	rules: {
		isUnderWay: (unit, upstream) =>
			RULES.isUnderWay(unit, upstream) || unit.some(({ task }) => task.aborted),
		goesOn: (tasks) => RULES.goesOn(tasks) || tasks.some(({ task }) => task.aborted),
	},
	toured: { by: 'merge-version', breaks: 'S22' },
};
