import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { heldAs } from './dependents.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { witnessed } from './situation.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { isPending, structureOf } from './units.ts';
import { ofTask } from './wording.ts';

const say = (held: TaskObservation['held']): string =>
	held === null ? 'free to be dispatched' : `held back as ${held}`;

/** What a task waits for ended in an execution that is about to restart: nobody may act on that end. */
function isTested(setup: Setup, seen: Observation, place: number): boolean {
	const { units, unitOf, dependencies } = structureOf(setup);
	return (dependencies[place] ?? []).some(({ task: dependency }) => {
		const status = seen.tasks[dependency]?.status;
		return (
			(status === 'failed' || status === 'success') &&
			unitOf[dependency] !== unitOf[place] &&
			isPending(seen, units[unitOf[dependency] ?? -1] ?? [])
		);
	});
}

function judge(moment: Moment, place: number): StepFinding {
	const { setup, before, after } = moment;
	const is = after.tasks[place];
	const was = before.tasks[place];
	if (is === undefined || was === undefined) return false;
	if (is.status !== 'undispatched') {
		if (was.status !== 'undispatched' || is.execution !== was.execution) return false;
		const due = heldAs(setup, before, place);
		if (due === null) return false;
		return `${ofTask(is)} was dispatched, but it should have been ${say(due)}.`;
	}
	const due = heldAs(setup, after, place);
	if (is.held !== due)
		return `${ofTask(is)} should be ${say(due)}, by what it waits for, but it is ${say(is.held)}.`;
	return isTested(setup, after, place) && !isTested(setup, before, place);
}

/** S16. */
export const dependentsSeeFinalStatus: Guarantee<null> = {
	id: 'S16',
	name: 'dependents-see-final-status',
	kind: 'safety',
	statement:
		'Dependents are neither blocked nor released by an execution that is about to restart automatically.',
	witness: witnessed(
		'Something that another task waits for had ended and its automatic restart was pending.',
	),
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { setup, before, after } = moment;
		if (before.tasks === after.tasks) return null;
		const { dependencies } = structureOf(setup);
		let found: StepFinding = false;
		let place = -1;
		for (const waits of dependencies) {
			place++;
			if (waits.length === 0) continue;
			found = worse(found, judge(moment, place));
		}
		return rule(memory, memory, found);
	},
};
