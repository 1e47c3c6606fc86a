import { expect } from 'vitest';
import type { z } from 'zod';
import type { Event } from '../../vocabulary/events/event.ts';
import { isPossible } from '../../vocabulary/events/possible.ts';
import { selectorOf } from '../../vocabulary/message.ts';
import type { Observation, TaskObservation } from '../../vocabulary/observation.ts';
import { Setup } from '../../vocabulary/setup.ts';
import { Model } from '../model.ts';
import { createTables } from '../tables.ts';

const tables = createTables();

type Written = z.input<typeof Setup>;

/** So many tasks "a", "b", … of one flagged command each, on two hosts, with what is said beside. */
export function setupOfTasks(
	tasks: readonly Partial<Written['tasks'][number]>[],
	{ groups, ...more }: Partial<Written> & { groups?: Written['project']['task_groups'] } = {},
): Setup {
	const names = tasks.map((_, place) => String.fromCharCode(97 + place));
	return Setup.parse({
		project: {
			id: 'p',
			tasks: names.map((name) => ({
				name,
				commands: [{ command: 'x', retry_on_failure: true }],
			})),
			...(groups === undefined ? {} : { task_groups: groups }),
		},
		tasks: tasks.map((task, place) => ({
			id: names[place],
			task: names[place],
			variant: 'v',
			...task,
		})),
		hosts: ['h1', 'h2'],
		...more,
	});
}

/** A display task "d" of these. */
export const display = (...execution_tasks: string[]) => ({
	display_tasks: [{ id: 'd', execution_tasks }],
});

export const displayed = (fixture: ModelFixture) => fixture.seen.display_tasks[0];

/** How an execution ends: a failure asks for a mark, which may be given up. */
export type Ending = 'succeeds' | 'fails' | 'fails unmarked';

/** The model with people who act on it in whole scenes; messages arrive at once. */
export class ModelFixture {
	readonly setup: Setup;
	readonly #model: Model;

	constructor(setup: Setup) {
		this.setup = setup;
		this.#model = new Model(setup, tables);
	}

	get seen(): Observation {
		return this.#model.seen;
	}

	task(id: string): TaskObservation {
		const found = this.seen.tasks.find((task) => task.id === id);
		if (found === undefined) throw new RangeError(`no task "${id}"`);
		return found;
	}

	/** What is to be seen of each task, by one fact. */
	all<Key extends keyof TaskObservation>(key: Key): TaskObservation[Key][] {
		return this.seen.tasks.map((task) => task[key]);
	}

	happen(...events: Event[]): this {
		for (const event of events) {
			expect({ event, possible: isPossible(this.setup, this.seen, event) }).toEqual({
				event,
				possible: true,
			});
			this.#model.apply(event);
		}
		return this;
	}

	/** Delivers all that is in flight, and what comes of it. */
	deliver(): this {
		for (let left = 40; this.seen.messages.length > 0; left--) {
			const [message] = this.seen.messages;
			if (message === undefined || left === 0) throw new RangeError('messages without end');
			this.happen({ kind: 'message-delivered', message: selectorOf(message) });
		}
		return this;
	}

	/** A host asks for work and begins with what it is given, if it is given anything. */
	asks(host: string): string | null {
		this.happen({ kind: 'host-asks', host }).deliver();
		return this.seen.hosts.find(({ id }) => id === host)?.execution?.task ?? null;
	}

	/** The command on a host ends, and so does its execution; unless it is to wait before the end. */
	ends(host: string, ending: Ending, whole = true): this {
		const outcome = ending === 'succeeds' ? 'succeeded' : 'failed';
		this.happen({ kind: 'command-ends', host, outcome });
		if (ending === 'fails unmarked')
			this.happen(
				{ kind: 'call-abandoned', host },
				{ kind: 'message-lost', message: { leg: 'request', route: 'mark' } },
			);
		return whole ? this.deliver() : this;
	}

	/** A host asks for work, which must be this, and works on it to its end. */
	runs(task: string, ending: Ending, host = 'h1'): this {
		expect(this.asks(host)).toBe(task);
		return this.ends(host, ending);
	}

	/** A flagged command of the task on the host failed, and its mark was answered; its agent is about to send the end. */
	marks(host: string): this {
		this.happen({ kind: 'command-ends', host, outcome: 'failed' });
		for (const leg of ['request', 'reply'] as const)
			this.happen({ kind: 'message-delivered', message: { leg, route: 'mark', host } });
		return this;
	}

	restarts(task: string, execution: number, failedOnly = false): string | undefined {
		this.happen({
			kind: 'user-restarts',
			task,
			execution,
			...(failedOnly ? { failed_only: true } : {}),
		});
		return this.seen.answer?.outcome;
	}

	aborts(task: string): string | undefined {
		this.happen({ kind: 'user-aborts', task });
		return this.seen.answer?.outcome;
	}
}
