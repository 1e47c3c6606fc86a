import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Model } from '../../model/system/model.ts';
import { createTables } from '../../model/system/tables.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/story.ts';
import { generatedSetup } from '../../properties/arbitraries/setup.ts';
import { swarm } from '../../properties/arbitraries/swarm.ts';
import { walk } from '../../properties/arbitraries/walk.ts';
import { folderOf } from '../testing/folder.ts';
import { describe as say } from '../yaml/problem.ts';
import { mismatches } from './expectations.ts';
import { inWords } from './in-words.ts';
import { loadScenario } from './load.ts';
import { endOf, scenarioText, type Written } from './write.ts';

const STORIES = join(import.meta.dirname, '../stories');
const tables = createTables();

const textOf = (story: Story, parts: Partial<Written> = {}): string =>
	scenarioText({
		name: 'a story',
		about: 'It happens.',
		shows: ['S1'],
		expect: {},
		schema: 'scenario.schema.json',
		story,
		...parts,
	});

function loaded(text: string) {
	const load = loadScenario(join(folderOf({ 'story.yml': text }), 'story.yml'));
	if (load.kind === 'refused') throw new Error(`${load.problems.map(say).join('\n')}\n${text}`);
	return load.scenario;
}

const SETUP = Setup.parse({
	project: {
		id: 'project',
		tasks: [{ name: 'compile', commands: [{ command: 'make', retry_on_failure: true }] }],
	},
	tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
	hosts: ['h1'],
});

describe('a story that is written', () => {
	test.each(readdirSync(STORIES))('of %s is the same when it is loaded again', (file) => {
		const load = loadScenario(join(STORIES, file));
		if (load.kind === 'refused') throw new Error(file);
		const { name, about, shows, breaks, story, checks } = load.scenario;
		const again = loaded(textOf(story, { name, about, shows, breaks }));
		const { places, checks: own, placeOf } = again;
		expect(again).toEqual({ ...load.scenario, places, checks: own, placeOf });
		expect(places).toHaveLength(story.events.length);
		expect(checks.length).toBeGreaterThan(0);
	});

	test('is the same when it is loaded again, whatever happens in it', () => {
		fc.assert(
			fc.property(generatedSetup, swarm, fc.integer(), (setup, kinds, seed) => {
				const model = new Model(setup, tables);
				const next = walk(setup, kinds, seed, 40);
				const events: Event[] = [];
				for (let event = next(model.seen); event !== null; event = next(model.seen)) {
					events.push(event);
					model.apply(event);
				}
				const story = { setup, events };
				const again = loaded(textOf(story, { expect: endOf(model.seen) }));
				expect(again.story).toEqual(story);
				const [end] = again.checks;
				expect(end && mismatches(end.expectation, model.seen, setup)).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	test.each([
		'yes',
		'12',
		'0x1f',
		'null',
		'~',
		'- a',
		'a: b',
		'<<',
		'# no',
		'{',
		'👩‍🔧',
		' a ',
		'*a',
	])('is the same with names such as "%s"', (name) => {
		const setup = Setup.parse({
			project: { id: name, tasks: [{ name, commands: [{ command: name }] }] },
			tasks: [
				{ id: name, task: name, variant: name },
				{ id: 'other', task: name, variant: 'linux' },
			],
			hosts: [name, 'h2'],
		});
		const events: Event[] = [
			{ kind: 'host-asks', host: name },
			{ kind: 'user-aborts', task: name },
		];
		const expectation = { tasks: { [name]: { status: 'undispatched' as const } } };
		const again = loaded(textOf({ setup, events }, { name, about: name, expect: expectation }));
		expect(again).toMatchObject({ name, about: name, story: { setup, events } });
		expect(again.checks[0]?.expectation).toEqual(expectation);
	});
});

test('units are written as they are read', () => {
	const setup = Setup.parse({
		project: {
			id: 'project',
			tasks: ['a', 'b', 'c'].map((name) => ({ name, commands: [{ command: 'make' }] })),
			task_groups: [
				{ name: 'g', tasks: ['a', 'b'], max_hosts: 1, teardown_group: [{ command: 'x' }] },
			],
		},
		tasks: [
			{ id: 'a', task: 'a', variant: 'linux', group: 'g' },
			{ id: 'b', task: 'b', variant: 'linux', group: 'g', depends_on: ['a'] },
			{
				id: 'c',
				task: 'c',
				variant: 'linux',
				depends_on: [{ name: 'b', status: '*' }],
				activated: false,
			},
		],
		display_tasks: [{ id: 'all', execution_tasks: ['b', 'c'] }],
		hosts: ['h1'],
		policy: { restart_system_failed: true },
	});
	const events: Event[] = [
		{ kind: 'user-restarts', task: 'all', execution: 0, failed_only: true },
		{ kind: 'user-aborts', task: 'all' },
	];
	const expected = {
		tasks: { c: { held: 'inactive' as const, started_by: 'system' as const } },
		display_tasks: { all: { execution: 0 } },
		hosts: { h1: { group: 'g' } },
	};
	const text = textOf({ setup, events }, { expect: expected });
	const again = loaded(text);
	expect(again.story).toEqual({ setup, events });
	expect(again.checks[0]?.expectation).toEqual(expected);
	expect(text).toContain(`  task_groups:
    - name: g
      tasks: [ a, b ]
      max_hosts: 1
      teardown_group:
        - { command: x }
tasks:
  - task: a
    group: g
  - task: b
    group: g
    depends_on: [ a ]
  - task: c
    depends_on:
      - { name: b, status: "*" }
    activated: false
display_tasks:
  - id: all
    execution_tasks: [ b, c ]
`);
});

test('short forms are used wherever the format has them', () => {
	const events: Event[] = [
		{ kind: 'host-asks', host: 'h1' },
		{ kind: 'message-delivered', message: { leg: 'request', route: 'next' } },
		{ kind: 'message-delivered', message: { leg: 'reply', route: 'next' } },
		{ kind: 'message-lost', message: { leg: 'request', route: 'start', task: 'compile' } },
		{ kind: 'command-ends', host: 'h1', outcome: 'failed' },
		{ kind: 'status-posted', host: 'h1', posted: { status: 'success', should_continue: false } },
		{ kind: 'server-crashes' },
		{ kind: 'user-restarts', task: 'compile', execution: 0 },
	];
	const story = { setup: { ...SETUP, policy: { ...SETUP.policy, call_attempts: 1 } }, events };
	expect(
		textOf(story, { expect: { tasks: { compile: { execution: 1, status: 'started' } } } }),
	).toBe(`# yaml-language-server: $schema=scenario.schema.json
mulligan: 1
name: a story
about: It happens.
shows: [ S1 ]
project:
  tasks:
    - name: compile
      commands:
        - { command: make, retry_on_failure: true }
policy:
  call_attempts: 1
events:
  - host-asks
  - exchange: next
  - message-lost: { leg: request, route: start, task: compile }
  - command-ends: failed
  - status-posted: success
  - server-crashes
  - user-restarts: { execution: 0 }
expect:
  tasks:
    compile: { execution: 1, status: started }
`);
});

test('what happens is told in words where they stand for exactly that, each command in a line of its own', () => {
	const host = 'h1';
	const delivered = (route: 'next' | 'start' | 'mark' | 'end'): Event[] => [
		{ kind: 'message-delivered', message: { leg: 'request', route } },
		{ kind: 'message-delivered', message: { leg: 'reply', route } },
	];
	const setup = Setup.parse({
		project: {
			id: 'project',
			tasks: [{ name: 'compile', commands: [{ command: 'x', retry_on_failure: true }] }],
		},
		tasks: [{ id: 'compile', task: 'compile', variant: 'linux' }],
		hosts: [host],
	});
	const begins: Event[] = [
		{ kind: 'host-asks', host },
		...delivered('next'),
		...delivered('start'),
	];
	const fails: Event = { kind: 'command-ends', host, outcome: 'failed' };
	expect(
		inWords([...begins, fails, ...delivered('mark'), ...delivered('end'), ...begins, fails], setup),
	).toEqual([
		{ begins: 'compile' },
		{ fails: 'compile' },
		{ begins: 'compile' },
		// Whose call is not answered is told by its event.
		{ 'command-ends': 'failed' },
	]);
});
