import type { Observation, TaskObservation } from '../vocabulary/observation.ts';
import { same } from '../vocabulary/same.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { sameSlots } from '../vocabulary/versions.ts';
import { isAtWork, isToRun } from './dependents.ts';
import { isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { isMergeQueue } from './marks.ts';
import { someTask } from './situation.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { isRestarted, membersOf, structureOf, type Unit, unitNamed } from './units.ts';
import {
	type Asking,
	askedOf,
	askingOf,
	asks,
	executionNamed,
	hasRun,
	isAbort,
	isCancelled,
} from './users.ts';
import {
	type Ahead,
	comeTo,
	type IsIdle,
	isInHand,
	isNewer,
	isOnItsWay,
} from './version-requests.ts';
import { namesOf, ofAnswer, ofTask } from './wording.ts';

/** What a user asked of a unit, as the judge remembers it itself. */
interface Asked {
	readonly failedOnly: boolean;
	/** Members that were not dispatched yet wait for the restart. */
	readonly holds: boolean;
}

/** By unit; null: nobody asked for anything. */
type AskedOf = readonly (Asked | null)[] | null;

/** What users asked of units, and which of those their requests for a version are yet to come to; null: neither. */
type Memory = { readonly asked: AskedOf; readonly ahead: Ahead } | null;

/** Of two requests the wider one counts. */
const added = (known: Asked | null, { failedOnly, abort }: Asking): Asked => ({
	failedOnly: failedOnly && known?.failedOnly !== false,
	holds: abort || known?.holds === true,
});

/** Every member that will run has ended; where the others wait for the restart, every one that ran. */
const isSettled = (setup: Setup, seen: Observation, unit: Unit, holds: boolean): boolean =>
	unit.every((place) => {
		const task = seen.tasks[place];
		if (task === undefined || (holds && task.status === 'undispatched')) return true;
		return !isToRun(setup, seen, place, task);
	});

/** Whether there is something to restart in a unit that is settled. */
function hasDue(seen: Observation, unit: Unit, { failedOnly }: Asked): boolean {
	for (const task of membersOf(seen, unit))
		if (failedOnly ? task.status === 'failed' : isFinished(task)) return true;
	return false;
}

/**
 * What a request looks at when it comes to a unit. That of a version has come to the units before this one by then, whose
 * restart may be what its blocked members wait for; what it does to those behind comes too late for this one.
 */
function lookedAt({ setup, before, event, after }: Moment, unit: Unit): Observation {
	if (event.kind !== 'user-restarts-version') return before;
	const { units, unitOf } = structureOf(setup);
	const turn = units.indexOf(unit);
	const hasCome = (place: number): boolean => (unitOf[place] ?? turn) < turn;
	const tasks = before.tasks.map((was, place) => (hasCome(place) && after.tasks[place]) || was);
	return { ...before, tasks };
}

/** What becomes of a request for a unit in which something ran. */
function fateOf(
	moment: Moment,
	unit: Unit,
	asked: Asked,
): 'ok' | 'nothing_failed' | 'will_restart' {
	const seen = lookedAt(moment, unit);
	if (!isSettled(moment.setup, seen, unit, asked.holds)) return 'will_restart';
	return hasDue(seen, unit, asked) ? 'ok' : 'nothing_failed';
}

const restartsNow = ({ before, after }: Moment, unit: Unit): boolean =>
	unit.some((place) => before.tasks[place]?.execution !== after.tasks[place]?.execution);

/** What is asked of a unit after this moment: null: nothing; or what is wrong with it. */
function askedAfter(
	moment: Moment,
	unit: Unit,
	known: Asked | null,
	asking: Asking | null,
): Asked | null | string {
	const { after } = moment;
	const restarts = restartsNow(moment, unit);
	if (asking === null) {
		if (known === null || restarts || isCancelled(moment, unit)) return null;
		// It has come to nothing where only failed members were meant, and none failed.
		const dropped = after.tasks[unit[0] ?? -1]?.restart_asked === undefined;
		const isOver = isSettled(moment.setup, after, unit, known.holds) && !hasDue(after, unit, known);
		return dropped && isOver ? null : known;
	}
	const asked = added(known, asking);
	switch (fateOf(moment, unit, asked)) {
		case 'ok':
			return restarts
				? null
				: `A user restarts ${namesOf(after, unit)}, which had finished, but nothing was restarted.`;
		case 'nothing_failed':
			return restarts
				? `A user restarts what failed of ${namesOf(after, unit)}, and nothing had, but something was restarted.`
				: known;
		default:
			return restarts
				? `A user restarts ${namesOf(after, unit)} when all of it is finished, but it was restarted before.`
				: asked;
	}
}

/** What is aborted with a request, and only that. */
function judgeAborts({ before, after }: Moment, unit: Unit, { abort }: Asking): StepFinding {
	if (!abort) return false;
	for (const place of unit) {
		const was = before.tasks[place];
		const is = after.tasks[place];
		if (was !== undefined && isInProgress(was) && is?.aborted !== true)
			return `A user restarts ${ofTask(was)} when it is finished and aborts what runs, but it was not aborted.`;
	}
	return false;
}

const SAID = { whole: 'all of it', failed: 'its failed members' } as const;

/** What a unit shows is what is asked of it. */
function judgeShown(moment: Moment, place: number, asked: Asked | null): StepFinding {
	const { before, after } = moment;
	const was = before.tasks[place];
	const is = after.tasks[place];
	if (was === undefined || is === undefined) return false;
	const due = asked === null ? undefined : asked.failedOnly ? 'failed' : 'whole';
	if (is.restart_asked !== due)
		return due === undefined
			? `Nobody asks any more that ${ofTask(is)} be restarted when it is finished, but that is still to come.`
			: `A user asked that ${SAID[due]} be restarted when ${ofTask(is)} and all that restarts together with it is finished, but ${is.restart_asked === undefined ? 'that was forgotten' : `${SAID[is.restart_asked]} will be`}.`;
	const waits = asked?.holds === true && is.status === 'undispatched' && is.held !== 'inactive';
	if (waits !== (is.awaits_restart === true))
		return waits
			? `A user asked with an abort that ${ofTask(is)} be restarted, so it should wait for that, but it does not.`
			: `${ofTask(is)} waits for a restart that no user asks for.`;
	return judgeDispatch(was, is, asked);
}

function judgeDispatch(
	was: TaskObservation,
	is: TaskObservation,
	asked: Asked | null,
): StepFinding {
	if (asked?.holds !== true || is.execution !== was.execution) return false;
	if (was.status !== 'undispatched' || is.status === 'undispatched') return false;
	return `${ofTask(is)} should wait until it is restarted, as a user asked, but it was dispatched.`;
}

function judgeUnit(
	moment: Moment,
	unit: Unit,
	known: Asked | null,
): { finding: StepFinding; asked: Asked | null } {
	const { before, after } = moment;
	const asking = asks(moment.event) ? askingOf(moment, unit) : null;
	const changed = unit.some((place) => before.tasks[place] !== after.tasks[place]);
	if (asking === null && !changed && !(known !== null && isAbort(moment.event)))
		return { finding: false, asked: known };
	const asked = askedAfter(moment, unit, known, asking);
	if (typeof asked === 'string') return { finding: asked, asked: null };
	let finding: StepFinding = asking === null ? known !== asked : true;
	if (asking !== null) finding = worse(finding, judgeAborts(moment, unit, asking));
	for (const place of unit)
		if (typeof finding !== 'string') finding = worse(finding, judgeShown(moment, place, asked));
	return { finding, asked };
}

/** A request for a version would change nothing of the unit: it is not to be asked for it, or all that it asks was asked. */
const isIdle: IsIdle = (setup, seen, unit, request) => {
	if (!hasRun(seen, unit) || isNewer(setup, seen, unit, request)) return true;
	const { failedOnly, abort } = askedOf(setup, unit, request);
	const members = [...membersOf(seen, unit)];
	const known = members[0]?.restart_asked;
	const due = failedOnly && known !== 'whole' ? 'failed' : 'whole';
	const holds = abort || members.some(({ awaits_restart }) => awaits_restart === true);
	if (isSettled(setup, seen, unit, holds))
		return !hasDue(seen, unit, { failedOnly: due === 'failed', holds });
	const isHeard = (task: TaskObservation): boolean =>
		isInProgress(task)
			? task.aborted
			: task.status !== 'undispatched' || task.held === 'inactive' || task.awaits_restart === true;
	return known === due && (!abort || members.every(isHeard));
};

/** The answer to a request, which tells what becomes of it; what is refused or names an older execution changes nothing. */
function judgeAnswer(moment: Moment, memory: AskedOf): StepFinding {
	const { setup, before, event, after } = moment;
	if (!asks(event)) return false;
	const due = answerDue(moment, memory);
	if (due === null) return false;
	const { outcome, status } = after.answer ?? {};
	const isRight = outcome === due && status === (due.startsWith('refused_') ? 400 : 200);
	if (!isRight)
		return `A user's restart when finished should be answered ${due}, but the answer was ${ofAnswer(after.answer)}.`;
	const isVoid = due === 'older' || due === 'nothing_failed' || due.startsWith('refused_');
	if (isVoid && !(same(before.tasks, after.tasks) && sameSlots(before, after)))
		return `A user's restart when finished, which was answered ${due}${isMergeQueue(setup) ? ' in the merge queue' : ''}, should do nothing, but it did.`;
	return isVoid;
}

function answerDue(moment: Moment, memory: AskedOf): string | null {
	const { setup, before, event } = moment;
	if (event.kind === 'user-restarts-version')
		return isMergeQueue(setup) ? 'refused_merge_queue' : 'ok';
	if (event.kind !== 'user-restarts-when-finished') return null;
	const live = executionNamed(before, event.task);
	if (live < 0) return null;
	if (event.execution < live) return 'older';
	if (isMergeQueue(setup)) return 'refused_merge_queue';
	const unit = unitNamed(setup, before, event.task);
	if (!hasRun(before, unit)) return 'refused_nothing_ran';
	const asking = askingOf(moment, unit);
	if (asking === null) return null;
	const known = memory?.[structureOf(setup).units.indexOf(unit)] ?? null;
	return fateOf(moment, unit, added(known, asking));
}

/** A user asked that it be restarted. */
const isOwed = ({ restart_asked }: TaskObservation): boolean => restart_asked !== undefined;

/** C5. */
export const restartWhenFinished: Guarantee<Memory> = {
	id: 'C5',
	name: 'restart-when-finished',
	kind: 'configuration',
	statement:
		'A user may ask that what restarts together, or all of a version, be restarted when it is finished, with an abort of what runs or without. It is then restarted once, for the user, when every member that will run has ended, and at once if it has; unless a user aborts the whole of it before. What is of the merge queue, or has not run, is refused.',
	witness: [
		{
			name: 'asked',
			sentence: 'A user asked that what had not ended be restarted when it has.',
			at: (moment) =>
				asks(moment.event) && someTask((was, is) => !isOwed(was) && isOwed(is))(moment),
		},
		{
			name: 'each-unit',
			sentence:
				"A user's restart of a version, which comes to one unit after the other, went on after it was held.",
			at: (moment) => moment.event.kind === 'user-restarts-version' && isOnItsWay(moment),
		},
		{
			name: 'at-once',
			sentence: 'A user asked for a restart when finished of what was.',
			at: (moment) => asks(moment.event) && someTask(isRestarted)(moment),
		},
		{
			name: 'void',
			sentence:
				'A user asked for a restart that is refused, of an older execution, or of nothing that failed.',
			at: ({ before, event, after }) => asks(event) && same(before.tasks, after.tasks),
		},
		{
			name: 'done',
			sentence: 'What a user had asked to be restarted when finished was.',
			at: (moment) =>
				!asks(moment.event) && someTask((was, is) => isOwed(was) && isRestarted(was, is))(moment),
		},
		{
			name: 'taken-back',
			sentence:
				'What a user had asked to be restarted when finished was aborted, or came to nothing.',
			at: someTask((was, is) => isOwed(was) && !isOwed(is) && !isRestarted(was, is)),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { setup, before, event, after } = moment;
		const { asked: known = null, ahead: knownAhead = null } = memory ?? {};
		const isAsked = asks(event);
		const isHeld = isInHand(moment);
		if (!isAsked && !isHeld && before.tasks === after.tasks && !(known !== null && isAbort(event)))
			return null;
		const { units } = structureOf(setup);
		let finding = judgeAnswer(moment, known);
		let changed = false;
		const next = units.map((unit, index) => {
			const of = known?.[index] ?? null;
			const judged = judgeUnit(moment, unit, of);
			finding = worse(finding, judged.finding);
			if (!same(judged.asked, of)) changed = true;
			return judged.asked;
		});
		const asked = !changed ? known : next.every((one) => one === null) ? null : next;
		const come = isHeld ? comeTo(knownAhead, moment, 'restart-version', isIdle) : null;
		const ahead = come === null ? knownAhead : come.ahead;
		if (come?.answered === 'done') finding = worse(finding, true);
		else if (come !== null && come.answered !== null)
			finding = worse(
				finding,
				`A user's restart of the version was answered ${ofAnswer(after.answer)}, but never came to ${namesOf(after, come.answered)}.`,
			);
		const isKept = asked === known && same(ahead, knownAhead);
		const remembered = asked === null && ahead === null ? null : { asked, ahead };
		return rule(memory, isKept ? memory : remembered, finding);
	},
	owed(_memory, setup, seen) {
		for (const unit of structureOf(setup).units) {
			const first = seen.tasks[unit[0] ?? -1];
			if (first?.restart_asked !== undefined && !isAtWork(setup, seen, unit))
				return `A user asked that ${namesOf(seen, unit)} be restarted when finished, but it was never restarted.`;
		}
		return null;
	},
};
