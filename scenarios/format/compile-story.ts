import { Event } from '../../model/vocabulary/events/event.ts';
import type { Setup } from '../../model/vocabulary/setup.ts';
import { type Place, type Problem, problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import type { Expectation } from './expectations.ts';
import { type Draft, draftsOf, expectationOf, onlyOf } from './lines.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** What is expected once so many events of the story have had their turn. */
export type Check = {
	readonly after: number;
	readonly expectation: Expectation;
	readonly place: Place;
	/** The keys that lead to it in the file. */
	readonly path: readonly PropertyKey[];
};

/** Turns the lines of a scenario into events and checks, and sees to it that all they name exists. */
export function compileStory(
	file: ScenarioFile,
	setup: Setup,
	root: YamlValue,
): { events: Event[]; places: Place[]; checks: Check[]; problems: Problem[] } {
	const events: Event[] = [];
	/** The line of each event. */
	const places: Place[] = [];
	const checks: Check[] = [];
	const problems: Problem[] = [];
	const hosts = setup.hosts;
	const tasks = setup.tasks.map(({ id }) => id);
	const displayTasks = (setup.display_tasks ?? []).map(({ id }) => id);
	/** Whom a user may name. */
	const restartable = [...tasks, ...displayTasks];
	const only = onlyOf(setup);

	const known = (what: string, names: readonly string[], name: string, place: Place): void => {
		if (!names.includes(name))
			problems.push(
				problemAt(place, `there is no ${what} "${name}"`, `name one of: ${names.join(', ')}`),
			);
	};

	const happen = (draft: Draft, place: Place): void => {
		const event = Event.safeParse(draft);
		if (!event.success) {
			const what = event.error.issues[0]?.path.join('.') ?? 'event';
			const byUser = draft.kind.startsWith('user-');
			const names = what === 'host' ? hosts : what === 'task' ? (byUser ? restartable : tasks) : [];
			problems.push(
				problemAt(
					place,
					`say which ${what} is meant`,
					names.length === 0 ? 'write the long form' : `write ${what}: ${names.join(' or ')}`,
				),
			);
			return;
		}
		const named: Record<string, unknown> = {
			...('message' in event.data ? event.data.message : event.data),
		};
		if (typeof named['host'] === 'string') known('host', hosts, named['host'], place);
		const names = event.data.kind.startsWith('user-') ? restartable : tasks;
		if (typeof named['task'] === 'string') known('task', names, named['task'], place);
		events.push(event.data);
		places.push(place);
	};

	const expect = (expectation: Expectation, path: readonly PropertyKey[]): void => {
		const value = root.find(path);
		const place = value.keyPlace;
		const at = (...path: string[]): Place => value.find(path).keyPlace;
		for (const id of Object.keys(expectation.tasks ?? {}))
			known('task', tasks, id, at('tasks', id));
		for (const id of Object.keys(expectation.display_tasks ?? {}))
			known('display task', displayTasks, id, at('display_tasks', id));
		for (const id of Object.keys(expectation.hosts ?? {}))
			known('host', hosts, id, at('hosts', id));
		checks.push({ after: events.length, expectation, place, path });
	};

	file.events.forEach((line, index) => {
		const value = root.find(['events', index]);
		const expectation = expectationOf(line);
		if (expectation === undefined)
			for (const draft of draftsOf(line, only)) happen(draft, value.place);
		else expect(expectation, ['events', index, 'expect']);
	});
	expect(file.expect, ['expect']);
	return { events, places, checks, problems };
}
