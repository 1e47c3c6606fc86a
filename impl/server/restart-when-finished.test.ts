import { expect, test } from 'vitest';
import { ServerFixture } from '../testing/server-fixture.ts';
import { setupOf, several } from '../testing/setups.ts';
import { LightRequest } from '../wire/exchange.ts';
import { userPath, versionPath } from '../wire/path.ts';

const SUCCESS = { status: 'success', type: '' } as const;

/** The display task d of t1 and t2, both started. */
async function displayStarted(): Promise<ServerFixture> {
	const display_tasks = [{ id: 'd', execution_tasks: ['t1', 't2'] }];
	const fixture = await ServerFixture.of(setupOf({}, {}, { ...several({}, {}), display_tasks }));
	await fixture.startOn('h1', 'h2');
	return fixture;
}

const ask = (fixture: ServerFixture, path: string, asked: object) =>
	fixture.say(new LightRequest('POST', path, {}, asked));

const askTask = (fixture: ServerFixture, asked: object, task = 't1') =>
	ask(fixture, userPath(task, 'restart_when_finished'), asked);

test('an execution that nobody can have seen, and a task that is not there, are refused', async () => {
	const fixture = await displayStarted();
	expect(await askTask(fixture, { execution: 1 })).toEqual([400, 'refused_not_finished']);
	expect((await askTask(fixture, { execution: 0 }, 'nobody'))[0]).toBe(404);
	expect((await askTask(fixture, { execution: -1 }))[0]).toBe(400);
	expect(fixture.task().restart_asked).toBe(null);
	expect(await askTask(fixture, { execution: 0 })).toEqual([200, 'will_restart']);
});

test('of a version, one execution of a unit that was not seen, or is older, speaks for the unit', async () => {
	const fixture = await displayStarted();
	const path = versionPath(fixture.task().version, 'restart_when_finished');
	const askOf = (one: number, other: number) => {
		const executions = [
			{ task: 't1', execution: one },
			{ task: 't2', execution: other },
		];
		return ask(fixture, path, { executions });
	};
	const isAsked = () => fixture.task().restart_asked;
	expect(await askOf(0, 1)).toEqual([200, 'ok']);
	expect(isAsked()).toBe(null);
	await fixture.end({}, 'h1', 't1');
	await fixture.end(SUCCESS, 'h2', 't2');
	expect(await fixture.restart(0, 'd', { failed_only: true })).toEqual([200, 'ok']);
	// Now t1 is in its second execution, and t2 in its first.
	await askOf(0, 0);
	expect([isAsked(), fixture.task().execution]).toEqual([null, 1]);
});

test('who names what is not of a version, or no version, is refused', async () => {
	const fixture = await displayStarted();
	const { version } = fixture.task();
	const foreign = { executions: [{ task: 'elsewhere', execution: 0 }] };
	const of = (id: string, asked: object) =>
		ask(fixture, versionPath(id, 'restart_when_finished'), asked);
	expect((await of(version, foreign))[0]).toBe(400);
	expect((await of('nowhere', { executions: [] }))[0]).toBe(404);
	expect((await of(version, { executions: 'all' }))[0]).toBe(400);
});
