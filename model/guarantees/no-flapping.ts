import type {
	Observation,
	TaskObservation,
	TaskStatus,
	VersionStatus,
} from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { versionsOf } from '../vocabulary/versions.ts';
import { isFinished, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { rule, type StepFinding, worse } from './step-finding.ts';
import { membersOf, type Unit, unitOfTask, upstreamOf } from './units.ts';
import { asks } from './users.ts';

type Shown = TaskStatus | VersionStatus;

/** What is shown of several tasks: which say when it is over, and which say how it came out. */
interface Whole {
	readonly name: string;
	readonly unit: Unit;
	readonly own: Unit;
	/** What it waits for, directly or through others: as long as that goes on, what is blocked may be released. */
	readonly upstream: Unit;
	/** What it is called before anything of it ran. */
	readonly first: 'undispatched' | 'created';
	shown(seen: Observation): Shown | undefined;
}

const WHOLES = new WeakMap<Setup, readonly Whole[]>();

/** The display tasks, and the versions; worked out once a setup. */
function wholesOf(setup: Setup): readonly Whole[] {
	const known = WHOLES.get(setup);
	if (known !== undefined) return known;
	const displays = (setup.display_tasks ?? []).map(({ id, execution_tasks }, place): Whole => {
		const own = execution_tasks.map((name) => setup.tasks.findIndex((task) => task.id === name));
		const unit = unitOfTask(setup, own[0] ?? -1);
		return {
			name: `The display task "${id}"`,
			unit,
			own,
			upstream: upstreamOf(setup, unit),
			first: 'undispatched',
			shown: (seen) => seen.display_tasks[place]?.status,
		};
	});
	const versions = versionsOf(setup).versions.map(
		({ id, tasks }, place): Whole => ({
			name: place === 0 ? 'The version' : `The version "${id}"`,
			unit: tasks,
			own: tasks,
			upstream: [],
			first: 'created',
			shown: (seen) => (place === 0 ? seen.version : seen.other_versions?.[place - 1]),
		}),
	);
	const wholes = [...displays, ...versions];
	WHOLES.set(setup, wholes);
	return wholes;
}

/** It restarts as soon as its unit is settled. */
const isPending = ({ restart_pending, repair_pending, restart_asked }: TaskObservation): boolean =>
	restart_pending || repair_pending || restart_asked !== undefined;

/** How it stands with a task: it may change what is final, it has not begun, or it has ended for good. */
function isOpen(task: TaskObservation): boolean {
	const { status, held } = task;
	if (isPending(task)) return true;
	return status === 'undispatched' && (held === null || held === 'waiting');
}

interface Due {
	readonly shown: Shown;
	/** Why. Where it goes on or is final, something has ended and nothing is in progress: who looks no further errs. */
	readonly state: State;
}

type State = 'not-begun' | 'in-progress' | 'goes-on' | 'final';

const STARTED: Due = { shown: 'started', state: 'in-progress' };

/** What should be shown. */
function dueOf({ unit, own, first, upstream }: Whole, seen: Observation): Due {
	const isVersion = first === 'created';
	let open = false;
	let pending = false;
	let ended = false;
	let blocked = false;
	for (const task of membersOf(seen, unit)) {
		if (isInProgress(task)) return STARTED;
		if (isFinished(task) || (isVersion && task.execution > 0)) ended = true;
		if (isPending(task)) pending = true;
		if (isOpen(task)) open = true;
		if (task.held === 'blocked') blocked = true;
	}
	if (ended && blocked && !open)
		for (const task of membersOf(seen, upstream))
			if (isInProgress(task) || isOpen(task)) open = true;
	if (pending || (ended && open)) return { shown: 'started', state: 'goes-on' };
	if (!ended) return { shown: first, state: 'not-begun' };
	let shown: Shown = isVersion ? 'success' : first;
	for (const { status } of membersOf(seen, own)) {
		if (status === 'failed') return { shown: 'failed', state: 'final' };
		if (status === 'success') shown = 'success';
	}
	return { shown, state: 'final' };
}

const isFinal = (shown: Shown | undefined): boolean => shown === 'success' || shown === 'failed';

/** Whether a task of a whole may have changed, or one of another version, for whose sake the whole may be shown otherwise. */
const isTouched = ({ unit, upstream }: Whole, { setup, before, after }: Moment): boolean =>
	setup.other_versions !== undefined ||
	unit.some((place) => before.tasks[place] !== after.tasks[place]) ||
	upstream.some((place) => before.tasks[place] !== after.tasks[place]);

function judge(whole: Whole, moment: Moment): StepFinding {
	const { before, event, after } = moment;
	if (!isTouched(whole, moment)) return false;
	const was = whole.shown(before);
	const is = whole.shown(after);
	if (isFinal(was) && !isFinal(is) && event.kind !== 'user-restarts' && !asks(event))
		return `${whole.name} was shown as ${was}, but that was taken back: it is shown as ${is}.`;
	const due = dueOf(whole, after);
	if (is !== due.shown)
		return `${whole.name} should be shown as ${due.shown}, but it is shown as ${is}.`;
	return true;
}

/** Moments after which something that may have changed is in this state. */
const isThen =
	(state: State) =>
	(moment: Moment): boolean =>
		wholesOf(moment.setup).some(
			(whole) => isTouched(whole, moment) && dueOf(whole, moment.after).state === state,
		);

/** S22. */
export const noFlapping: Guarantee<null> = {
	id: 'S22',
	name: 'no-flapping',
	kind: 'safety',
	statement:
		'What is shown of a display task or a version is final only when it is: it is shown as started while something of it is in progress, has yet to run or is about to restart, and no automatic restart or repair takes a final status back.',
	witness: [
		{
			name: 'goes-on',
			sentence:
				'Something of a display task or a version had ended and nothing of it was in progress, but it was to go on.',
			at: isThen('goes-on'),
		},
		{
			name: 'final',
			sentence:
				'Something of a display task or a version had ended and nothing of it was in progress: it was final.',
			at: isThen('final'),
		},
		{
			name: 'in-progress',
			sentence: 'Something of a display task or a version was in progress.',
			at: isThen('in-progress'),
		},
		{
			name: 'not-begun',
			sentence: 'A task of another version ran, but none of this one had.',
			at: isThen('not-begun'),
		},
	],
	fairness: null,
	begin: () => null,
	step(memory, moment) {
		const { setup, before, after } = moment;
		if (before.tasks === after.tasks) return null;
		let finding: StepFinding = false;
		for (const whole of wholesOf(setup)) {
			finding = worse(finding, judge(whole, moment));
			if (typeof finding === 'string') break;
		}
		return rule(memory, memory, finding);
	},
};
