import { expect, test } from 'vitest';
import { contextOver } from '../testing/callers.ts';
import { groupSetup } from '../testing/group-fixture.ts';
import { ServerFixture } from '../testing/server-fixture.ts';
import { LightRequest } from '../wire/exchange.ts';
import { nextTaskPath } from '../wire/path.ts';
import { viewTask } from './task-view.ts';

/** What the host is told with its task, and what the task says of itself. */
async function told(task: string): Promise<object> {
	const fixture = await ServerFixture.of(groupSetup({}, [task]));
	const headers = fixture.headers('h1', task);
	const asked = new LightRequest('GET', nextTaskPath('h1'), headers);
	const next = await (await fixture.server.handle(asked)).json();
	const view = await viewTask(contextOver(fixture.store), asked, task);
	return { next, view: view.body };
}

test('an agent is told of the group of its task, and of the build that tells groups apart', async () => {
	expect(await told('t5')).toMatchObject({
		next: { task_id: 't5', task_group: 'g', version: 'p1_1', build: 'p1_1_rhel' },
		view: { task_group: 'g', version: 'p1_1', build_id: 'p1_1_rhel' },
	});
});

test('of a task of no group nothing is said', async () => {
	expect(await told('t3')).toEqual({
		next: { task_id: 't3', task_secret: expect.any(String), task_execution: 0, outcome: 'task' },
		view: expect.not.objectContaining({ task_group: expect.anything() }),
	});
});
