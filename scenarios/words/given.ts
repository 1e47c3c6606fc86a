import { z } from 'zod';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { Details } from '../../model/vocabulary/message.ts';
import { TaskObservation } from '../../model/vocabulary/observation.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { strictKeys } from '../../model/vocabulary/strict-keys.ts';
import { begins } from './begins.ts';
import { fails, finishes, succeeds } from './command-ends.ts';
import { type Expanded, expand } from './expand.ts';
import { hearsAbort } from './hears-abort.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Word } from './word.ts';

/** How a task stands before the story, to which the events that lead there bring it. */
export const Given = strictKeys({
	execution: TaskObservation.shape.execution.optional().meta({
		description: 'The execution that waits for a host. Default: as many as the history has.',
	}),
	history: z
		.array(Details.shape.status)
		.optional()
		.meta({ description: 'How each earlier execution ended, oldest first. Default: success.' }),
	automatic_restarts: TaskObservation.shape.automatic_restarts.optional().meta({
		description:
			'How many of the executions that failed were restarted by their marks, the first ones; users restart all others. Default: 0.',
	}),
});
export type Given = z.infer<typeof Given>;

type Status = z.infer<typeof Details.shape.status>;

/** Most commands that succeed before the one that fails. */
const MOST_COMMANDS = 100;

/**
 * The events that bring a task there: each earlier execution runs on the first host that is free, ends as its history says,
 * and is restarted by its mark or by a user. Nothing is put in by hand.
 */
export function leadTo(task: string, given: Given, setup: Setup, told: readonly Event[]): Expanded {
	const { automatic_restarts: automatic = 0 } = given;
	const history = historyOf(given);
	const executions = given.execution ?? history.length;
	if (executions !== history.length)
		return impossible(
			`${task} cannot be at execution ${executions} with ${history.length} earlier ones`,
			`write execution: ${history.length}, or a history of ${executions}`,
		);
	if (history.filter((status) => status === 'failed').length < automatic)
		return impossible(
			`${task} cannot have used ${plural(automatic, 'automatic restart')}: fewer executions failed`,
			'write more of failed in its history',
		);
	let way = new Way(setup, told);
	for (const [execution, status] of history.entries()) {
		const used = way.task(task)?.automatic_restarts ?? 0;
		const byMark = status === 'failed' && used < automatic;
		const found = firstThat(way, task, status, (ended) => {
			if (byMark) return ended.execution === execution + 1 && ended.started_by.by === 'mark';
			const { execution: live, status: as, automatic_restarts, restart_pending } = ended;
			return live === execution && as === status && automatic_restarts === used && !restart_pending;
		});
		if (found === undefined)
			return impossible(
				`${task}/${execution} cannot ${status === 'success' ? 'succeed' : `fail and be restarted by ${byMark ? 'its mark' : 'a user'}`} here`,
				BY_HAND,
			);
		way = found;
		if (!byMark) way.happen({ kind: 'user-restarts', task, execution });
		if (way.task(task)?.execution !== execution + 1)
			return impossible(`a user cannot restart ${task}/${execution} alone here`, BY_HAND);
	}
	return { kind: 'events', events: way.events.slice(told.length) };
}

const BY_HAND = 'write the events that lead there, in place of given';

const impossible = (message: string, remedy: string): Expanded => ({
	kind: 'impossible',
	message,
	remedy,
});

function historyOf({ history, execution, automatic_restarts: automatic = 0 }: Given): Status[] {
	if (history !== undefined) return history;
	return Array.from({ length: execution ?? automatic }, (_, place) =>
		place < automatic ? 'failed' : 'success',
	);
}

/** A story so far. */
class Way {
	readonly events: Event[];
	readonly #setup: Setup;
	readonly #rehearsal: Rehearsal;

	constructor(setup: Setup, events: readonly Event[]) {
		this.#setup = setup;
		this.events = [...events];
		this.#rehearsal = new Rehearsal(setup);
		for (const event of events) this.#rehearsal.happen(event);
	}

	/** The same story, which goes on by itself. */
	again(): Way {
		return new Way(this.#setup, this.events);
	}

	task(id: string): TaskObservation | undefined {
		return this.#rehearsal.seen.tasks.find((one) => one.id === id);
	}

	happen(event: Event): void {
		if (this.#rehearsal.happen(event)) this.events.push(event);
	}

	/** Whether it was possible. */
	say(word: Word, task: string): boolean {
		const subject = word
			.subjects(this.#rehearsal.seen, this.#setup)
			.find((one) => one.task === task);
		if (subject === undefined) return false;
		const expanded = expand(word, { ...subject }, this.#rehearsal);
		if (expanded.kind === 'events') this.events.push(...expanded.events);
		return expanded.kind === 'events';
	}
}

/** The first way for an execution to end so, after which the task is as it should be. */
function firstThat(
	from: Way,
	task: string,
	status: Status,
	isRight: (ended: TaskObservation) => boolean,
): Way | undefined {
	for (const way of status === 'success' ? successes(from, task) : failures(from, task)) {
		way.say(finishes, task);
		const ended = way.task(task);
		if (ended !== undefined && isRight(ended)) return way;
	}
	return undefined;
}

function* successes(from: Way, task: string): Generator<Way> {
	const way = from.again();
	if (way.say(begins, task)) yield way;
}

/** One command after the other fails; then a user aborts. */
function* failures(from: Way, task: string): Generator<Way> {
	for (let before = 0; before < MOST_COMMANDS; before++) {
		const way = from.again();
		const isThere =
			way.say(begins, task) &&
			Array.from({ length: before }).every(() => way.say(succeeds, task)) &&
			way.say(fails, task);
		if (!isThere) break;
		yield way;
	}
	const way = from.again();
	if (!way.say(begins, task)) return;
	way.happen({ kind: 'user-aborts', task });
	if (way.say(hearsAbort, task)) yield way;
}
