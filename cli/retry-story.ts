import { judging } from '../model/guarantees/judge.ts';
import { Model } from '../model/system/model.ts';
import { type Instruction, type Program, programOf } from '../model/system/program.ts';
import { createTables } from '../model/system/tables.ts';
import { type Position, samePosition } from '../model/vocabulary/command.ts';
import type { Event } from '../model/vocabulary/events/event.ts';
import type { HostObservation, Observation } from '../model/vocabulary/observation.ts';
import { type Block, isWatched } from '../model/vocabulary/project.ts';
import type { Setup } from '../model/vocabulary/setup.ts';
import { REST_LENGTH, Rest } from '../model/vocabulary/stories/rest.ts';
import { STORY_LENGTH, type Story } from '../model/vocabulary/stories/story.ts';
import { IN_ORDER, isNoticed } from '../properties/flags/noticed.ts';
import { SWITCH } from '../scenarios/import/steps.ts';

/** What goes wrong once, in the first execution. */
export interface Mishap {
	readonly position: Position;
	readonly how: 'fails' | 'fails in the background' | 'times out';
	readonly flagged: boolean;
}

/** A task alone on a host, from when it is given out to its last end. */
export interface RetryStory {
	readonly story: Story;
	/** Null where the task runs no command. */
	readonly mishap: Mishap | null;
	/** What is seen after the last event. */
	readonly end: Observation;
	/** Ids of the guarantees that were exercised. */
	readonly exercised: readonly string[];
	/** The commands that end in it, in that order. */
	readonly ended: readonly Position[];
	readonly isRestarted: boolean;
}

/**
 * Tells of a task in which its first flagged command that works fails, so that the task is restarted and then succeeds; of one
 * without such a command, that nothing is restarted. Null where that is longer than a story may be.
 */
export function retryStory(setup: Setup): RetryStory | null {
	const mishap = workingMishap(setup) ?? idleMishap(setup);
	const whole = told(setup, mishap, Number.POSITIVE_INFINITY);
	// Of a long task the second execution need not be told: it runs when the story comes to rest.
	const story = whole.story.events.length <= STORY_LENGTH ? whole : told(setup, mishap, 1);
	return story.story.events.length <= STORY_LENGTH && comesToRest(story.story) ? story : null;
}

/** Whether a flagged command of the task works. */
export const canRestart = (setup: Setup): boolean => workingMishap(setup) !== null;

const programIn = (setup: Setup): Program | null =>
	setup.tasks[0] === undefined ? null : programOf(setup, setup.tasks[0]);

/** Of a flagged command that does not restart the task, else of any of main. */
function idleMishap(setup: Setup): Mishap | null {
	const program = programIn(setup);
	if (program === null) return null;
	const flagged = IN_ORDER.flatMap((block) => program[block]).filter((one) => one.flagged);
	const [any] = [...flagged, ...program.main].filter(({ background }) => !background);
	return any === undefined ? null : fails(any);
}

/** Of the first flagged command that restarts the task. */
function workingMishap(setup: Setup): Mishap | null {
	const program = programIn(setup);
	if (program === null) return null;
	const runs = IN_ORDER.flatMap((block) => program[block]);
	const flagged = runs.filter((one) => one.flagged && !one.background);
	const working = flagged.find(({ position: { block } }) => canFail(setup, block));
	if (working !== undefined) return fails(working);
	const behind = runs.find((one) => one.flagged && isNoticed(program, one));
	if (behind !== undefined) return { ...fails(behind), how: 'fails in the background' };
	// Before main a time-out fails the task whatever the switch says (S4).
	const limited = flagged.find(({ position: { block } }) => isWatched(block));
	return limited === undefined ? null : { ...fails(limited), how: 'times out' };
}

const fails = ({ position, flagged }: Instruction): Mishap => ({ position, flagged, how: 'fails' });

/** Whether a failure in a block fails the task. */
export function canFail({ project, tasks: [task] }: Setup, block: Block): boolean {
	if (block === 'main') return true;
	const key = SWITCH[block];
	const group = project.task_groups?.find(({ name }) => name === task?.group);
	return Object.entries({ ...project, ...group }).some(([name, on]) => name === key && on === true);
}

/** Tells so many executions, all of them unless fewer are asked for. */
function told(setup: Setup, mishap: Mishap | null, executions: number): RetryStory {
	const model = new Model(setup, createTables());
	const judge = judging(setup, model.seen);
	const events: Event[] = [];
	const ended: Position[] = [];
	for (let event = next(model.seen, mishap); event !== null; event = next(model.seen, mishap)) {
		const before = model.seen;
		if (event.kind === 'host-asks' && (before.tasks[0]?.execution ?? 0) >= executions) break;
		const at = whatEnds(event, before);
		if (at !== null) ended.push(at);
		judge.step({ setup, before, event, after: model.apply(event) });
		events.push(event);
	}
	const exercised = judge.verdicts().filter((verdict) => verdict.exercised > 0);
	return {
		story: { setup, events },
		mishap,
		end: model.seen,
		exercised: exercised.map(({ id }) => id),
		ended,
		isRestarted: model.seen.tasks.some(({ execution }) => execution > 0),
	};
}

/** All goes well but for the mishap; null when the task has ended and nothing of it is to come. */
function next({ messages, hosts, tasks }: Observation, mishap: Mishap | null): Event | null {
	const [message] = messages;
	if (message !== undefined) {
		// There is never another one.
		const { leg, route } = message;
		return { kind: 'message-delivered', message: { leg, route } };
	}
	const [host] = hosts;
	if (host === undefined) return null;
	if (host.doing.kind === 'running') return whatHappens(host, mishap);
	const waits = tasks.some(({ status }) => status === 'undispatched');
	return waits ? { kind: 'host-asks', host: host.id } : null;
}

function whatHappens(
	{ id: host, doing, execution, background }: HostObservation,
	mishap: Mishap | null,
): Event {
	const succeeds = { kind: 'command-ends', host, outcome: 'succeeded' } as const;
	if (mishap === null || doing.kind !== 'running' || execution?.execution !== 0) return succeeds;
	const { how, position } = mishap;
	if (how === 'fails in the background')
		return background.some((one) => samePosition(one, position)) && isWatched(doing.position.block)
			? { kind: 'background-fails', host, position }
			: succeeds;
	if (!samePosition(doing.position, position)) return succeeds;
	return { ...succeeds, outcome: how === 'fails' ? 'failed' : 'timed-out-exec' };
}

function whatEnds(event: Event, { hosts: [host] }: Observation): Position | null {
	if (event.kind === 'background-fails') return event.position;
	return event.kind === 'command-ends' && host?.doing.kind === 'running'
		? host.doing.position
		: null;
}

/** Whether what is left to happen after a story is no more than a replay lets happen. */
function comesToRest({ setup, events }: Story): boolean {
	const model = new Model(setup, createTables());
	for (const event of events) model.apply(event);
	const rest = new Rest();
	for (let left = REST_LENGTH; left > 0; left--) {
		const event = rest.next(model.seen);
		if (event === null) return true;
		model.apply(event);
	}
	return false;
}
