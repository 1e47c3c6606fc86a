import type { HostObservation, Observation, TaskObservation } from '../vocabulary/observation.ts';
import { plural } from '../vocabulary/plural.ts';
import { minutesOf } from '../vocabulary/setup.ts';
import { begins, holdsOn, isCalling, isCutOff, replyReaching } from './agents.ts';
import { planOf } from './commands.ts';
import { isAtWork, isToRun } from './dependents.ts';
import { endingOf, isInProgress } from './executions.ts';
import type { Guarantee, Moment } from './guarantee.ts';
import { monitorActs } from './overlap.ts';
import { indexOfTask, requestHandled } from './requests.ts';
import { someTask } from './situation.ts';
import { eachHost, eachTask, rule, type StepFinding, worse } from './step-finding.ts';
import { isPending, isRestarted, statusAtEnd, structureOf, unitOfTask } from './units.ts';
import { askingOf } from './users.ts';
import { ofRef, ofTask, place } from './wording.ts';

function judgeRestart(moment: Moment, was: TaskObservation, is: TaskObservation): StepFinding {
	if (is.execution === was.execution) return isAwaiting(was, is, moment);
	const early = hurried(moment, is);
	if (early !== null)
		return `${ofTask(was)} was restarted before ${ofTask(early)}, which restarts together with it, had run and finished.`;
	if (!isInProgress(was) || monitorActs(moment)) return true;
	const request = requestHandled(moment);
	if (request?.route === 'end' && request.task === was.id && request.execution === was.execution)
		return true;
	return `${ofTask(was)} was restarted while it was ${was.status}; it had not ended.`;
}

/** A member ends of a unit that is to restart, when others have yet to. */
function isAwaiting(was: TaskObservation, is: TaskObservation, moment: Moment): boolean {
	if (isRestarted(was, is) || endingOf(was, is) === null) return false;
	const { setup, after } = moment;
	const unit = unitOfTask(setup, indexOfTask(after, is.id));
	return unit.length > 1 && isPending(after, unit) && isAtWork(setup, after, unit);
}

/** A member of the unit of a restarted task that has yet to run, and was not waited for; or null. */
function hurried(moment: Moment, restarted: TaskObservation): TaskObservation | null {
	const { setup, before, event, after } = moment;
	const { units, unitOf } = structureOf(setup);
	const own = unitOf[indexOfTask(after, restarted.id)] ?? -1;
	const unit = units[own] ?? [];
	if (unit.length < 2) return null;
	// As it was in the restart's own transaction: members have ended, and the others are as they are now; but of a version
	// one unit is asked after the other, and those behind this one are as they were.
	const isYetToBeAsked = (place: number): boolean =>
		event.kind === 'user-restarts-version' && (unitOf[place] ?? -1) > own;
	const then: Observation = {
		...after,
		tasks: after.tasks.map((task, place) => {
			const was = before.tasks[place];
			if (was === undefined) return task;
			if (unitOf[place] !== own) return isYetToBeAsked(place) ? was : task;
			const status = isRestarted(was, task) ? statusAtEnd(was, task) : task.status;
			const waits = askingOf(moment, unit)?.abort === true;
			return {
				...was,
				...(waits ? { awaits_restart: true as const } : {}),
				status: status ?? was.status,
				restart_pending: false,
				repair_pending: false,
			};
		}),
	};
	for (const place of unit) {
		const task = then.tasks[place];
		if (task !== undefined && isToRun(setup, then, place, task)) return task;
	}
	return null;
}

/** *F*. */
const FENCE_MINUTES = minutesOf('fence_s');

/**
 * By host whose agent holds an execution: minutes since its last heartbeat was accepted, as far as it knows, or it took the
 * execution up. Null: none of them waits.
 */
type Unheard = readonly number[] | null;

/** For how long a host has been unheard, whatever it did of that. */
function unheardFor(unheard: Unheard, moment: Moment, place: number): number {
	const { before, after } = moment;
	const is = after.hosts[place];
	if (is === undefined || !isCutOff(moment, is)) return 0;
	return (unheard?.[place] ?? 0) + after.minute - before.minute;
}

function unheardAfter(unheard: Unheard, moment: Moment): Unheard {
	const { before, after } = moment;
	const passed = after.minute > before.minute;
	if (unheard === null && !passed) return null;
	const beat = replyReaching(moment, 'heartbeat');
	const now = after.hosts.map((is, place) => {
		const was = before.hosts[place];
		if (was === undefined || is.execution === null || !holdsOn(was, is)) return 0;
		if (passed) return unheardFor(unheard, moment, place);
		return beat?.host === is.id ? 0 : (unheard?.[place] ?? 0);
	});
	if (unheard !== null && now.every((one, place) => one === unheard[place])) return unheard;
	return now.some((minutes) => minutes > 0) ? now : null;
}

const sayUnheard = (minutes: number): string =>
	`for ${plural(minutes, 'minute')} no heartbeat of it was accepted, of ${FENCE_MINUTES}`;

/** An agent kills its commands at *F*, and not before. */
function judgeFence(unheard: Unheard, moment: Moment, place: number): StepFinding {
	const was = moment.before.hosts[place];
	const is = moment.after.hosts[place];
	if (was === undefined || is === undefined || !isCutOff(moment, is)) return false;
	const ref = was.execution;
	const minutes = unheardFor(unheard, moment, place);
	const runs = isCalling(is, 'mark') || runsCommands(is);
	const held = isBusy(was);
	if (minutes >= FENCE_MINUTES && !runs) return held;
	if (minutes >= FENCE_MINUTES)
		return `Host "${is.id}" still runs a command of ${ofRef(is.execution)}, but ${sayUnheard(minutes)}.`;
	if (!held || is.execution !== null || is.agent === 'dead') return held && is.agent !== 'dead';
	return `Host "${is.id}" let go of ${ofRef(ref)}, but only ${sayUnheard(minutes)}.`;
}

/** Whether anything runs on behalf of an execution. What a host runs when it leaves a group belongs to the host. */
const runsCommands = ({ doing, background }: HostObservation): boolean =>
	(doing.kind === 'running' && doing.position.block !== 'teardown_group') ||
	background.some(({ block }) => block !== 'teardown_group');

/** An agent runs or marks an execution, so that it has to let go of it at *F*. */
const isBusy = (host: HostObservation): boolean =>
	host.execution !== null && (isCalling(host, 'mark') || runsCommands(host));

/** An agent that is busy goes without heartbeats for a time, and lets go of its execution then or does not. */
const cutOff =
	(letsGo: boolean) =>
	(moment: Moment): boolean =>
		moment.before.hosts.some((was, place) => {
			const is = moment.after.hosts[place];
			return (
				is?.agent === 'alive' &&
				isBusy(was) &&
				isCutOff(moment, is) &&
				(is.execution === null) === letsGo
			);
		});

/** Commands run only on behalf of the live execution, while it is in progress, on the host that has it. */
function judgeHost(host: HostObservation, moment: Moment): StepFinding {
	const { after } = moment;
	if (!runsCommands(host)) return false;
	const ref = host.execution;
	const task = after.tasks[indexOfTask(after, ref?.task ?? null)];
	if (ref === null || task === undefined)
		return `Host "${host.id}" runs a command, but its agent holds no execution.`;
	if (task.execution !== ref.execution)
		return `Host "${host.id}" still runs a command of ${ofRef(ref)}, but execution ${task.execution} is the live one.`;
	if (!isInProgress(task))
		return `Host "${host.id}" still runs a command of ${ofRef(ref)}, but that is ${task.status}.`;
	if (task.host !== host.id)
		return `Host "${host.id}" runs a command of ${ofRef(ref)}, but that was dispatched to ${task.host ?? 'no host'}.`;
	return false;
}

/** An agent sends the end of an execution of which something runs in the background, or has run. */
function hadBackground({ setup }: Moment, { background, execution }: HostObservation): boolean {
	if (background.length > 0) return true;
	const plan = planOf(setup, execution?.task ?? '');
	for (const steps of plan?.steps.values() ?? [])
		if (steps.flat().some((command) => command.background && command.listed)) return true;
	return false;
}

/** When the end of an execution is sent, nothing of it runs any more. */
function judgeSent(moment: Moment, was: HostObservation, is: HostObservation): StepFinding {
	const [left] = is.background;
	if (!begins(was, is, 'end')) return false;
	if (left === undefined) return hadBackground(moment, was);
	return `The agent on host "${is.id}" sent the end of ${ofRef(is.execution)}, but ${place(left)} still runs in the background.`;
}

/** The execution that a host holds is aborted at this moment. */
function isAborted({ before, after }: Moment, { execution }: HostObservation): boolean {
	const place = indexOfTask(after, execution?.task ?? null);
	return after.tasks[place]?.aborted === true && before.tasks[place]?.aborted === false;
}

/** An execution could be ended by somebody else than the agent that still runs it. */
function isThreat(moment: Moment): boolean {
	const { before, event, after } = moment;
	const toAll = monitorActs(moment) || (event.kind === 'request-forged' && event.route === 'end');
	if (!toAll && before.tasks === after.tasks) return false;
	for (const host of after.hosts)
		if (host.execution !== null && runsCommands(host) && (toAll || isAborted(moment, host)))
			return true;
	return false;
}

/** S5. That post ran is L3. */
export const restartAfterEnd: Guarantee<Unheard> = {
	id: 'S5',
	name: 'restart-after-end',
	kind: 'safety',
	statement:
		'A task is restarted only after its execution ended, its post commands included, and a display task or group only when every member that will run has finished. While no execution of a task is dispatched, none of its commands runs, and when its end is sent, nothing that it started in the background; an agent whose heartbeats are not accepted kills them at F, and not before.',
	witness: [
		{
			name: 'restart',
			sentence: 'A task was restarted.',
			at: someTask(isRestarted),
		},
		{
			name: 'waits',
			sentence: 'A member ended of what is to restart together, and others had yet to end.',
			at: someTask(isAwaiting),
		},
		{
			name: 'end-sent',
			sentence: 'An agent sent the end of an execution that has commands in the background.',
			at: (moment) =>
				moment.before.hosts.some((was, place) => {
					const is = moment.after.hosts[place];
					return is !== undefined && begins(was, is, 'end') && hadBackground(moment, was);
				}),
		},
		{
			name: 'in-progress',
			sentence:
				'The monitor ran, or an end was forged, while an agent ran commands of an execution in progress, or that was aborted.',
			at: isThreat,
		},
		{
			name: 'fence',
			sentence: 'An agent let go of what it ran, since no heartbeat of it was accepted for F.',
			at: cutOff(true),
		},
		{
			name: 'before-fence',
			sentence: 'No heartbeat of an agent was accepted for a time shorter than F.',
			at: cutOff(false),
		},
	],
	fairness: null,
	begin: () => null,
	step(unheard, moment) {
		const { before, after } = moment;
		const memory = unheardAfter(unheard, moment);
		const restart = before.tasks === after.tasks ? false : eachTask(moment, judgeRestart);
		if (typeof restart === 'string') return rule(unheard, memory, restart);
		const left = before.hosts === after.hosts ? false : eachHost(moment, judgeSent);
		if (typeof left === 'string') return rule(unheard, memory, left);
		let tested = restart || left || isThreat(moment);
		const passed = before.minute !== after.minute;
		if (before.tasks !== after.tasks || before.hosts !== after.hosts || passed)
			for (const [place, host] of after.hosts.entries()) {
				const finding = worse(
					judgeHost(host, moment),
					passed && judgeFence(unheard, moment, place),
				);
				if (typeof finding === 'string') return rule(unheard, memory, finding);
				tested ||= finding;
			}
		return rule(unheard, memory, tested);
	},
};
