import type { Guarantee, Moment } from './guarantee.ts';
import { restartedBy } from './situation.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { isRestarted, statusAtEnd, structureOf, type Unit } from './units.ts';
import { isUsersInPart } from './users.ts';

/** Which of a unit's members have ended, and which of them are restarted at this moment. */
function judge(moment: Moment, unit: Unit, divisible: boolean): StepFinding {
	const { before, after } = moment;
	let restarted = false;
	let by: string = '';
	const left: { readonly id: string; readonly status: 'success' | 'failed' }[] = [];
	for (const place of unit) {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (was === undefined || is === undefined) continue;
		const status = statusAtEnd(was, is);
		if (isRestarted(was, is)) {
			restarted = true;
			by = is.started_by.by;
		} else if (status !== null) left.push({ id: is.id, status });
	}
	if (!restarted) return false;
	const partly = divisible && (by === 'system' || isUsersInPart(moment, unit));
	const forgotten = left.find(({ status }) => !partly || status === 'failed');
	if (forgotten !== undefined)
		return `"${forgotten.id}" had ended in ${forgotten.status === 'failed' ? 'failure' : 'success'}, but it was not restarted with what restarts together with it.`;
	if (partly)
		for (const place of unit) {
			const was = before.tasks[place];
			const is = after.tasks[place];
			if (was === undefined || is === undefined || !isRestarted(was, is)) continue;
			if (statusAtEnd(was, is) === 'success')
				return `"${is.id}" had ended in success, but it was restarted where only failed members are.`;
		}
	return true;
}

/** What a user restarts at this moment is failed members only. */
const isAnyInPart = (moment: Moment): boolean => {
	const { units, joined } = structureOf(moment.setup);
	const { before, after } = moment;
	return units.some(
		(unit, index) =>
			joined[index] === true &&
			unit.some((place) => before.tasks[place]?.execution !== after.tasks[place]?.execution) &&
			isUsersInPart(moment, unit),
	);
};

/** C4. */
export const displayTaskRestart: Guarantee<null> = {
	id: 'C4',
	name: 'display-task-restart',
	kind: 'configuration',
	statement:
		'A user restarts a display task as a whole or its failed members only, never one member; an automatic restart restarts every member that ran. A single-host group restarts as a whole.',
	witness: [
		{
			name: 'automatic',
			sentence: 'What restarts together was restarted for a mark.',
			at: restartedBy('mark'),
		},
		{
			name: 'user',
			sentence: 'A user restarted what restarts together as a whole.',
			at: (moment) => restartedBy('user')(moment) && !isAnyInPart(moment),
		},
		{
			name: 'failed-only',
			sentence: 'A user restarted the failed members of a display task.',
			at: (moment) => restartedBy('user')(moment) && isAnyInPart(moment),
		},
		{
			name: 'repair',
			sentence: 'What restarts together was restarted as a repair.',
			at: restartedBy('system'),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { setup, before, after } = moment;
		const { units, divisible, joined } = structureOf(setup);
		if (before.tasks === after.tasks) return null;
		let found: StepFinding = false;
		for (const [index, unit] of units.entries()) {
			if (joined[index] !== true) continue;
			found = worse(found, judge(moment, unit, divisible[index] === true));
		}
		return rule(memory, memory, found);
	},
};
