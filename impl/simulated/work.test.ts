import { expect, test } from 'vitest';
import type { PostedStatus } from '../../model/vocabulary/command.ts';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import { setupOf } from '../testing/setups.ts';
import { SimulationFixture } from '../testing/simulation-fixture.ts';

const flagged = { command: 'make', retry_on_failure: true };
const plain = { command: 'test', type: 'setup' } as const;
const main = (...commands: Project['tasks'][number]['commands']): Pick<Project, 'tasks'> => ({
	tasks: [{ name: 'compile', commands }],
});
const posted = (status: Partial<PostedStatus>): Event => ({
	kind: 'status-posted',
	host: 'h1',
	posted: { status: 'success', should_continue: false, ...status },
});
const backgroundFails = (block: 'pre' | 'main', step = 0): Event => ({
	kind: 'background-fails',
	host: 'h1',
	position: { block, step, member: null },
});

async function begun(project: Partial<Project>): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(setupOf(project));
	await fixture.begin();
	return fixture;
}

const details = (fixture: SimulationFixture) =>
	fixture.seen.messages.find(({ route }) => route === 'end')?.details;

test('blocks run one after another, empty ones at once, and the timeout block only after a time-out', async () => {
	const fixture = await begun({ pre: [plain], post: [plain], timeout: [plain] });
	expect(fixture.doing()).toBe('pre 0');
	await fixture.command('failed');
	expect(fixture.doing()).toBe('main 0');
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('post 0');
	await fixture.command('panicked');
	expect(fixture.doing()).toBe('end 1');
	expect(details(fixture)).toMatchObject({ status: 'success', timed_out: null });
});

test('a time-out of main runs the timeout block after the mark, and post after that', async () => {
	const fixture = await begun({ post: [plain], timeout: [plain] });
	await fixture.command('timed-out-idle');
	expect(fixture.doing()).toBe('mark 1');
	await fixture.exchange('mark');
	expect(fixture.doing()).toBe('timeout 0');
	await fixture.command('timed-out-block');
	expect(fixture.doing()).toBe('post 0');
	await fixture.command('timed-out-block');
	expect(details(fixture)).toEqual({
		status: 'failed',
		type: 'test',
		description: '',
		timed_out: 'idle',
	});
});

test('a failure that is no time-out goes straight to post', async () => {
	const fixture = await begun({ ...main(plain), post: [plain], timeout: [plain] });
	await fixture.command('panicked');
	expect(fixture.doing()).toBe('post 0');
});

test('an exec time-out of a pre that cannot fail fails the task, its own limit does not', async () => {
	const failing = await begun({ pre: [plain] });
	await failing.command('timed-out-exec');
	expect(failing.doing()).toBe('end 1');
	const stopping = await begun({ pre: [plain, plain] });
	await stopping.command('timed-out-block');
	expect(stopping.doing()).toBe('main 0');
});

test('a pre that can fail skips main, and its own limit is a time-out of the task', async () => {
	const fixture = await begun({ pre: [plain], timeout: [plain], pre_error_fails_task: true });
	await fixture.command('timed-out-block');
	expect(fixture.doing()).toBe('timeout 0');
	await fixture.command('succeeded');
	expect(details(fixture)).toMatchObject({ status: 'failed', type: 'setup', timed_out: 'block' });
});

test('an answered mark is not made again by a later cause, a given up one is', async () => {
	const project = { post: [flagged], post_error_fails_task: true };
	const answered = await begun(project);
	await answered.command('failed');
	await answered.exchange('mark');
	await answered.command('failed');
	expect(answered.doing()).toBe('end 1');
	const givenUp = await begun(project);
	await givenUp.command('failed');
	await givenUp.play({ kind: 'call-abandoned', host: 'h1' });
	expect(givenUp.doing()).toBe('post 0');
	await givenUp.command('timed-out-block');
	expect(givenUp.doing()).toBe('mark 1');
});

test('the agent of a merge-queue task never marks', async () => {
	const fixture = await SimulationFixture.of(
		setupOf({}, {}, { requester: 'github_merge_request' }),
	);
	await fixture.begin();
	await fixture.command('failed');
	expect(fixture.doing()).toBe('end 1');
});

test('a background failure is noticed at the next success, with its own flag and type', async () => {
	const background = { ...flagged, background: true, type: 'system' } as const;
	const fixture = await begun(main(background, plain, plain));
	expect(fixture.host().background).toEqual([{ block: 'main', step: 0, member: null }]);
	await fixture.play(backgroundFails('main'));
	expect(fixture.host().background).toEqual([]);
	expect(fixture.doing()).toBe('main 1');
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('mark 1');
	await fixture.exchange('mark');
	expect(details(fixture)).toMatchObject({ status: 'failed', type: 'system' });
});

test('of several background failures the first one counts', async () => {
	const background = (type: 'setup' | 'system') => ({ command: 'x', background: true, type });
	const fixture = await begun(main(background('setup'), background('system'), flagged));
	await fixture.play(backgroundFails('main', 1), backgroundFails('main', 0));
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('end 1');
	expect(details(fixture)).toMatchObject({ type: 'system' });
});

test('a background failure of a pre that cannot fail is forgotten', async () => {
	const fixture = await begun({ pre: [{ ...flagged, background: true }], ...main(plain) });
	await fixture.play(backgroundFails('pre'));
	await fixture.command('succeeded');
	expect(details(fixture)).toMatchObject({ status: 'success' });
});

test('background commands of pre live until main ends, those of post until the end is sent', async () => {
	const background = { command: 'server', background: true };
	const fixture = await begun({ pre: [background], post: [background, plain], ...main(plain) });
	expect(fixture.host().background).toHaveLength(1);
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('post 1');
	expect(fixture.host().background).toEqual([{ block: 'post', step: 0, member: null }]);
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('end 1');
	expect(fixture.host().background).toEqual([]);
});

test('what the timeout block leaves in the background runs through post and its mark', async () => {
	const background = { command: 'tail', background: true };
	const fixture = await begun({
		...main(plain),
		timeout: [background],
		post: [flagged],
		post_error_fails_task: true,
	});
	const left = [{ block: 'timeout', step: 0, member: null }];
	await fixture.command('timed-out-exec');
	expect([fixture.doing(), fixture.host().background]).toEqual(['post 0', left]);
	await fixture.command('failed');
	expect([fixture.doing(), fixture.host().background]).toEqual(['mark 1', left]);
	await fixture.exchange('mark');
	expect([fixture.doing(), fixture.host().background]).toEqual(['end 1', []]);
});

test('whoever loses its execution leaves nothing in the background', async () => {
	const background = { command: 'tail', background: true };
	const fixture = await begun({ post: [background, plain] });
	await fixture.command('succeeded');
	expect(fixture.host().background).toHaveLength(1);
	await fixture.play({ kind: 'host-unreachable', host: 'h1' });
	expect(fixture.host()).toMatchObject({ execution: null, background: [], agent: 'alive' });
});

test('background commands are killed when work fails, before the mark is answered', async () => {
	const fixture = await begun(main({ command: 'server', background: true }, flagged));
	await fixture.command('failed');
	expect(fixture.doing()).toBe('mark 1');
	expect(fixture.host().background).toEqual([]);
});

test('a failure of the running command forgets the background failure', async () => {
	const background = { ...flagged, background: true };
	const fixture = await begun(main(background, plain));
	await fixture.play(backgroundFails('main'));
	await fixture.command('failed');
	expect(fixture.doing()).toBe('end 1');
	expect(details(fixture)).toMatchObject({ type: 'setup' });
});

test('a posted status stops main at the next success, without mark or timeout block', async () => {
	const fixture = await begun({ ...main(plain, flagged), timeout: [plain], post: [plain] });
	await fixture.play(posted({ status: 'failed' }));
	expect(fixture.host().posted).toMatchObject({ status: 'failed' });
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('post 0');
	await fixture.command('succeeded');
	expect(details(fixture)).toMatchObject({ status: 'failed', type: 'setup', timed_out: null });
});

test('a stop that a pre without its switch could not act on acts in main', async () => {
	const fixture = await begun({ pre: [plain, plain], ...main(plain, plain) });
	await fixture.play(posted({}));
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('pre 1');
	await fixture.command('succeeded');
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('end 1');
});

test('a pre with its switch stops for a status, unless a later one takes it back', async () => {
	const project = { pre: [plain, plain], pre_error_fails_task: true };
	const stopped = await begun(project);
	await stopped.play(posted({}));
	await stopped.command('succeeded');
	expect(stopped.doing()).toBe('end 1');
	const goesOn = await begun(project);
	await goesOn.play(posted({}), posted({ status: 'banana', should_continue: true }));
	await goesOn.command('succeeded');
	expect(goesOn.doing()).toBe('pre 1');
});

test('a background failure is noticed before a stop', async () => {
	const fixture = await begun(main({ ...flagged, background: true }, plain));
	await fixture.play(posted({}), backgroundFails('main'));
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('mark 1');
});
