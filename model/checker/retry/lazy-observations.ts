import type { Moment } from '../../guarantees/guarantee.ts';
import { inOrder } from '../../guarantees/overlap.ts';
import {
	displaySeen,
	projectSeen,
	versionSeen,
	versionsSeen,
} from '../../system/model-observer.ts';
import { ignoredFlags } from '../../system/program.ts';
import { shapeOf } from '../../system/shape.ts';
import type { Message } from '../../vocabulary/message.ts';
import {
	type DisplayTaskObservation,
	type HostObservation,
	NOTHING_IN_HAND,
	type Observation,
	type TaskObservation,
} from '../../vocabulary/observation.ts';
import { versionsOf } from '../../vocabulary/versions.ts';
import type { View } from '../engine/product/product.ts';
import { type Lazily, lazily } from './lazy.ts';
import type { PartsSeen, Read } from './parts-seen.ts';
import { NOW } from './sandbox/local.ts';
import {
	FIRST_QUOTA,
	type Happened,
	hostPlace,
	quotaPlace,
	type Sandbox,
	SERVER,
	taskPlace,
	unitPlace,
} from './sandbox/sandbox.ts';

/** A part that is there in few setups. */
const show = (on: Observation, key: 'other_versions' | 'other_projects', get: () => unknown) =>
	Object.defineProperty(on, key, { get, enumerable: true, configurable: true });

const NO_MESSAGES: readonly Message[] = [];

/** Tasks, display tasks and hosts of one side of a step, each found when it is looked at. */
interface Side {
	readonly tasks: TaskObservation[];
	readonly displays: DisplayTaskObservation[];
	readonly hosts: HostObservation[];
}

/**
 * Steps of the checker as the guarantees see them: a moment whose observations are made of component
 * states, and only of those that a judge really looks at. Of the messages in flight a judge sees
 * those that the step took away or added: the others are the same before and after.
 */
export class LazyObservations {
	readonly #sandbox: Sandbox;
	readonly #parts: PartsSeen;
	readonly #ignored: Observation['ignored_flags'];
	readonly #task: Lazily<TaskObservation> | null;
	readonly #display: Lazily<DisplayTaskObservation>;
	readonly #host: Lazily<HostObservation> | null;
	readonly #was: Side;
	readonly #is: Side;
	readonly #passing: Side;
	/** What is shown of the two sides of a step, and in passing: the same objects for all of them. */
	readonly #showsWas: Observation;
	readonly #showsIs: Observation;
	readonly #showsPassing: Observation;
	#read: Read = () => 0;
	/** By which hosts or tasks look as before: the list of the others and those. */
	readonly #mixed = new Map<string, readonly unknown[]>();
	#view: View = { changed: () => false, before: () => 0, after: () => 0 };
	readonly #before: Read = (component) => this.#view.before(component);
	readonly #after: Read = (component) => this.#view.after(component);

	constructor(sandbox: Sandbox, parts: PartsSeen) {
		this.#sandbox = sandbox;
		this.#parts = parts;
		const { setup, initial } = sandbox;
		this.#ignored = ignoredFlags(setup);
		const first: Read = (component) => initial[component] ?? 0;
		this.#task =
			setup.tasks.length === 0
				? null
				: lazily(parts.task(first, 0), ['restart_asked', 'awaits_restart', 'remarks']);
		this.#display = lazily<DisplayTaskObservation>({
			id: '',
			status: 'undispatched',
			execution: 0,
		});
		this.#host = setup.hosts.length === 0 ? null : lazily(parts.host(first, 0), ['away']);
		this.#was = this.#side(this.#before);
		this.#is = this.#side(this.#after);
		const passing: Read = (component) => this.#read(component);
		this.#passing = this.#side(passing);
		this.#showsWas = this.#observation(this.#before, this.#was);
		this.#showsIs = this.#observation(this.#after, this.#is);
		this.#showsPassing = this.#observation(passing, this.#passing);
	}

	/** A state as it is seen, without messages and answer. */
	state(read: Read): Observation {
		return this.#observation(read, this.#side(read));
	}

	/** The same, until the next one is asked for. */
	passing(read: Read): Observation {
		this.#read = read;
		return this.#showsPassing;
	}

	/** A step as it is seen, until the next one is asked for. */
	moment(happened: Happened, view: View): Moment {
		this.#view = view;
		const { setup } = this.#sandbox;
		const isLater = happened.minutes > 0;
		const before = this.#showsWas;
		const after = isLater ? this.#observation(this.#after, this.#is) : this.#showsIs;
		after.tasks = this.#mix(this.#was.tasks, this.#is.tasks, 'tasks', (task) =>
			view.changed(taskPlace(setup, task)),
		);
		after.hosts = this.#mix(this.#was.hosts, this.#is.hosts, 'hosts', (host) =>
			this.#looksOther(host),
		);
		after.minute = NOW + happened.minutes;
		after.answer = happened.answer;
		const isQuiet = happened.gone.length === 0 && happened.come.length === 0;
		before.messages = isLater || isQuiet ? NO_MESSAGES : happened.gone;
		if (isLater) this.#showSent(after);
		else after.messages = isQuiet ? NO_MESSAGES : happened.come;
		const { event, held } = happened;
		before.in_hand = held?.was ?? NOTHING_IN_HAND;
		after.in_hand = held?.is ?? NOTHING_IN_HAND;
		const moment = { setup, event, before, after };
		return held === undefined ? moment : inOrder(moment);
	}

	/** What looks as before is the same object again. */
	#mix<Item>(was: Item[], is: Item[], what: string, other: (place: number) => boolean): Item[] {
		let name = what;
		for (let place = 0; place < was.length; place++) if (other(place)) name += ` ${place}`;
		if (name === what) return was;
		const known = this.#mixed.get(name);
		if (known !== undefined) return known as Item[];
		const mixed = was.map((item, place) => (other(place) ? (is[place] ?? item) : item));
		this.#mixed.set(name, mixed);
		return mixed;
	}

	/** While minutes pass, calls may begin in several parts; they are seen by what their agents wait for. */
	#showSent(after: Observation): void {
		const { setup } = this.#sandbox;
		const sent = (): readonly Message[] =>
			setup.hosts.flatMap((_, host) =>
				this.#view.changed(hostPlace(setup, host)) ? this.#parts.sent(this.#after, host) : [],
			);
		Object.defineProperty(after, 'messages', { get: sent, enumerable: true, configurable: true });
	}

	#observation(read: Read, { tasks, displays, hosts }: Side): Observation {
		const { setup, tables } = this.#sandbox;
		const { projects, versions } = versionsOf(setup);
		const observation: Observation = {
			tasks,
			display_tasks: displays,
			hosts,
			minute: NOW,
			messages: NO_MESSAGES,
			in_hand: NOTHING_IN_HAND,
			answer: null,
			ignored_flags: this.#ignored,
			get server() {
				return tables['app-server'].value(read(SERVER)) === 'up' ? 'up' : 'down';
			},
			get version() {
				return versions.length === 1
					? versionSeen(this.tasks)
					: versionsSeen(setup, this.tasks).version;
			},
			get policy() {
				return tables.quota.context(read(FIRST_QUOTA)).policy;
			},
			get quota_used() {
				return tables.quota.context(read(FIRST_QUOTA)).slots.length;
			},
		};
		if (versions.length > 1)
			show(observation, 'other_versions', () => versionsSeen(setup, tasks).other_versions);
		if (projects.length > 1)
			show(observation, 'other_projects', () =>
				projects
					.slice(1)
					.map((_, place) => projectSeen(tables, read(quotaPlace(setup, place + 1)))),
			);
		return observation;
	}

	/** Whether a host looks other than before: by its machines, or by the execution that the server has it down for. */
	#looksOther(host: number): boolean {
		const view = this.#view;
		const { setup } = this.#sandbox;
		if (view.changed(hostPlace(setup, host))) return true;
		if (
			!view.changed(SERVER) &&
			!shapeOf(setup).units.some(({ unit }) => view.changed(unitPlace(unit)))
		)
			return false;
		const was = this.#parts.assigned(this.#before, host);
		const is = this.#parts.assigned(this.#after, host);
		if (was !== is) return true;
		if (was === null || !view.changed(taskPlace(setup, was))) return false;
		return this.#parts.execution(this.#before, was) !== this.#parts.execution(this.#after, was);
	}

	#side(read: Read): Side {
		const { setup } = this.#sandbox;
		const parts = this.#parts;
		const tasks = setup.tasks.flatMap(
			({ id }, task) => this.#task?.(() => parts.task(read, task), { id }) ?? [],
		);
		const displays = (setup.display_tasks ?? []).map((display) =>
			this.#display(() => displaySeen(setup, display, tasks, parts.restarts(read, display)), {
				id: display.id,
			}),
		);
		const hosts = setup.hosts.flatMap(
			(id, host) =>
				this.#host?.(() => parts.host(read, host), {
					id,
					get assigned() {
						return parts.assignedExecution(read, host);
					},
				}) ?? [],
		);
		return { tasks, displays, hosts };
	}
}
