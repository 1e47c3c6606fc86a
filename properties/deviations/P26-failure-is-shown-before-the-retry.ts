import { type Member, RULES } from '../../impl/server/rules.ts';
import type { Deviation } from './deviation.ts';

/** As if nothing were about to restart. */
const asItStands = ({ task, held }: Member): Member => ({
	task: { ...task, restart_pending: false, repair_pending: false },
	held,
});

export const failureIsShownBeforeTheRetry: Deviation = {
	id: 'P26',
	also: ['D21'],
	name: 'failure is shown before the retry',
	symptom: 'People are told of a failure that a retry then takes back.',
	where: 'go-gitea/gitea#35689; evergreen 953ae91, task_lifecycle.go',
	breaks: ['S22'],
	rules: {
		isUnderWay: (unit, upstream) =>
			RULES.isUnderWay(unit.map(asItStands), upstream.map(asItStands)),
		goesOn: (tasks) => RULES.goesOn(tasks.map(asItStands)),
	},
	toured: { by: 'group-crash', breaks: 'S22' },
};
