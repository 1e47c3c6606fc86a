import { descriptorOf, Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { versionsOf } from '../../model/vocabulary/versions.ts';
import { maySayState } from '../../reports/wording/states.ts';
import { exchange } from '../words/exchange.ts';
import { expand } from '../words/expand.ts';
import { type Given, leadTo } from '../words/given.ts';
import { Rehearsal } from '../words/rehearsal.ts';
import { type Place, type Problem, problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import { type Expectation, expectationOf } from './expectations.ts';
import { type Draft, onlyOf, readLine, type Told } from './lines.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** What is expected once so many events of the story have had their turn, or after it has come to rest. */
export type Check = {
	readonly after: number | 'rest';
	readonly expectation: Expectation;
	readonly place: Place;
	/** The keys that lead to it in the file. */
	readonly path: readonly PropertyKey[];
};

/** The events of a line; none of one that is no event. */
export interface ToldLine {
	readonly events: readonly Event[];
	/** Whether they depend on what has come before. */
	readonly depends: boolean;
}

export interface CompiledStory {
	readonly events: readonly Event[];
	/** The events that lead to what is given. */
	readonly before: readonly Event[];
	/** What each line stands for, by its position. */
	readonly told: readonly ToldLine[];
	/** The line of each event. */
	readonly places: readonly Place[];
	readonly checks: readonly Check[];
	/** The first word that is not possible: the story ends there. */
	readonly ends: Problem | null;
	readonly problems: readonly Problem[];
}

/** Turns the lines of a scenario into events and checks, and sees to it that all they name exists. */
export function compileStory(file: ScenarioFile, setup: Setup, root: YamlValue): CompiledStory {
	const story = new Compiling(setup, root);
	for (const [task, given] of Object.entries(file.given ?? {}))
		story.given(task, given, root.find(['given', task]).keyPlace);
	file.events.forEach((line, index) => {
		const value = root.find(['events', index]);
		story.line(readLine(line, onlyOf(setup)), value, ['events', index]);
	});
	const after = story.events.length;
	if (file.expect === undefined && file.finally === undefined)
		story.refuse(root.place, '"expect" is missing', 'write what is seen after the last event');
	story.expect(expectationOf(file.expect ?? {}), after, ['expect']);
	if (file.finally !== undefined) story.expect(expectationOf(file.finally), 'rest', ['finally']);
	return story;
}

class Compiling implements CompiledStory {
	readonly events: Event[] = [];
	readonly before: Event[] = [];
	readonly told: ToldLine[] = [];
	readonly places: Place[] = [];
	readonly checks: Check[] = [];
	ends: Problem | null = null;
	readonly problems: Problem[] = [];
	readonly #setup: Setup;
	readonly #rehearsal: Rehearsal;
	readonly #tasks: readonly string[];
	readonly #displayTasks: readonly string[];
	/** Beside the first, which needs no name. */
	readonly #versions: readonly string[];
	/** Beside the first, which needs no name. */
	readonly #projects: readonly string[];
	readonly #root: YamlValue;
	/** An event was not possible: what comes after it cannot be foreseen, and does not happen. */
	#isStuck = false;

	constructor(setup: Setup, root: YamlValue) {
		this.#setup = setup;
		this.#root = root;
		this.#rehearsal = new Rehearsal(setup);
		this.#tasks = setup.tasks.map(({ id }) => id);
		this.#displayTasks = (setup.display_tasks ?? []).map(({ id }) => id);
		const { versions, projects } = versionsOf(setup);
		this.#versions = versions.slice(1).map(({ id }) => id);
		this.#projects = projects.slice(1).map(({ id }) => id);
	}

	refuse(place: Place, message: string, remedy: string): void {
		this.problems.push(problemAt(place, message, remedy));
	}

	given(task: string, given: Given, place: Place): void {
		if (!this.#knows('task', this.#tasks, task, place)) return;
		const led = leadTo(task, given, this.#setup, this.events);
		if (led.kind === 'impossible') return this.refuse(place, led.message, led.remedy);
		for (const event of led.events) this.#rehearsal.happen(event);
		this.before.push(...led.events);
		this.#tell(led.events, place);
	}

	line(told: Told, value: YamlValue, path: readonly PropertyKey[]): void {
		const before = this.events.length;
		switch (told.kind) {
			case 'expect':
				this.expect(expectationOf(told.expected), before, [...path, 'expect']);
				break;
			case 'event':
				this.#event(told.draft, value.place);
				break;
			case 'exchange':
				if (this.#knowsAll(told.call, value.place))
					this.#tell(exchange(told.call, this.#rehearsal), value.place);
				break;
			case 'word':
				this.#word(told, value.place);
				break;
		}
		const events = this.events.slice(before);
		this.told.push({ events, depends: events.length > 0 && depends(told, events) });
	}

	#tell(events: readonly Event[], place: Place): void {
		if (this.ends !== null) return;
		this.events.push(...events);
		this.places.push(...events.map(() => place));
	}

	expect(expectation: Expectation, after: Check['after'], path: readonly PropertyKey[]): void {
		const value = this.#root.find(path);
		const at = (...path: string[]): Place => value.find(path).keyPlace;
		for (const id of Object.keys(expectation.tasks ?? {}))
			this.#knows('task', this.#tasks, id, at('tasks', id));
		for (const id of Object.keys(expectation.display_tasks ?? {}))
			this.#knows('display task', this.#displayTasks, id, at('display_tasks', id));
		for (const id of Object.keys(expectation.hosts ?? {}))
			this.#knows('host', this.#setup.hosts, id, at('hosts', id));
		for (const id of Object.keys(expectation.versions ?? {}))
			this.#knows('other version', this.#versions, id, at('versions', id));
		for (const id of Object.keys(expectation.projects ?? {}))
			this.#knows('other project', this.#projects, id, at('projects', id));
		for (const [index, line] of (expectation.seen ?? []).entries())
			if (!maySayState(this.#setup, line))
				this.refuse(
					(value.get([index]) ?? value.get(['seen', index]) ?? value).place,
					`no trace says "${line}" of a state`,
					'copy a line that replay prints, or write a mapping, as tasks: { … }',
				);
		if (this.ends === null) this.checks.push({ after, expectation, place: value.keyPlace, path });
	}

	#event(draft: Draft, place: Place): void {
		const { complete } = descriptorOf(draft.kind).line;
		const event = Event.safeParse(
			complete === undefined
				? draft
				: { ...complete(draft, this.#rehearsal.seen, this.#setup), kind: draft.kind },
		);
		if (!event.success) {
			const what = event.error.issues[0]?.path.join('.') ?? 'event';
			const byUser = draft.kind.startsWith('user-');
			const names =
				what === 'host' ? this.#setup.hosts : what === 'task' ? this.#nameable(byUser) : [];
			return this.refuse(
				place,
				`say which ${what} is meant`,
				names.length === 0 ? 'write the long form' : `write ${what}: ${names.join(' or ')}`,
			);
		}
		const named = { ...('message' in event.data ? event.data.message : event.data) };
		this.#knowsAll(named, place, event.data.kind.startsWith('user-'));
		if (!this.#rehearsal.happen(event.data)) this.#isStuck = true;
		this.#tell([event.data], place);
	}

	#word({ word, said }: Extract<Told, { kind: 'word' }>, place: Place): void {
		const named = typeof said === 'object' ? said : { [word.of]: said };
		if (!this.#knowsAll(named, place) || this.problems.length > 0) return;
		if (this.#isStuck || this.ends !== null) return;
		const expanded = expand(word, said, this.#rehearsal);
		if (expanded.kind === 'events') this.#tell(expanded.events, place);
		else this.ends = problemAt(place, expanded.message, expanded.remedy);
	}

	/** Whom a user may name, or anybody else. */
	#nameable(byUser: boolean): readonly string[] {
		return byUser ? [...this.#tasks, ...this.#displayTasks] : this.#tasks;
	}

	#knowsAll(named: Readonly<Record<string, unknown>>, place: Place, byUser = false): boolean {
		const { host, task, version, project } = named;
		const knowsHost =
			typeof host !== 'string' || this.#knows('host', this.#setup.hosts, host, place);
		const knowsTask =
			typeof task !== 'string' || this.#knows('task', this.#nameable(byUser), task, place);
		const knowsVersion =
			typeof version !== 'string' || this.#knows('other version', this.#versions, version, place);
		const knowsProject =
			typeof project !== 'string' || this.#knows('other project', this.#projects, project, place);
		return knowsHost && knowsTask && knowsVersion && knowsProject;
	}

	#knows(what: string, names: readonly string[], name: string, place: Place): boolean {
		if (names.includes(name)) return true;
		const remedy = names.length === 0 ? 'take it out' : `name one of: ${names.join(', ')}`;
		this.refuse(place, `there is no ${what} "${name}"`, remedy);
		return false;
	}
}

/** Whether other events would have been told by the same line elsewhere. */
function depends(told: Told, events: readonly Event[]): boolean {
	switch (told.kind) {
		case 'expect':
			return false;
		case 'word':
			return true;
		case 'event':
			return !Event.safeParse(told.draft).success;
		case 'exchange':
			return events.some(
				(event) =>
					event.kind === 'message-delivered' &&
					Object.keys(event.message).length > 1 + Object.keys(told.call).length,
			);
	}
}
