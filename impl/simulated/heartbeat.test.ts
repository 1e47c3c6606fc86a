import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { delivered, SimulationFixture } from '../testing/simulation-fixture.ts';

const beat: Event = { kind: 'heartbeat-sent', host: 'h1' };
const aborts: Event = { kind: 'user-aborts', task: 't1' };
const hour: Event = { kind: 'hours-pass', hours: 1 };
const plain = { command: 'test' };

async function begun(
	project: Partial<Project> = {},
	setup = setupOf(project),
): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(setup);
	await fixture.begin();
	return fixture;
}

test('an abort cancels the command of main, and post follows without mark or timeout block', async () => {
	const fixture = await begun({ post: [plain], timeout: [plain] });
	await fixture.play(aborts, beat);
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('post 0');
	await fixture.play(beat);
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('post 0');
	await fixture.command('succeeded');
	await fixture.exchange('end');
	expect(fixture.task()).toMatchObject({ status: 'failed', details: { description: 'aborted' } });
});

test('an abort in pre skips main and kills what runs in the background', async () => {
	const fixture = await begun({
		pre: [{ command: 'server', background: true }, plain],
		post: [plain],
	});
	await fixture.play(aborts, beat);
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('post 0');
	expect(fixture.host().background).toEqual([]);
});

test('an abort learned while a mark is waited for changes nothing for the agent', async () => {
	const fixture = await begun();
	await fixture.command('failed');
	await fixture.play(aborts, beat);
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('mark 1');
});

test('a new heartbeat closes the connection of the one before, and so does the end', async () => {
	const fixture = await begun();
	await fixture.play(beat, beat);
	expect(fixture.seen.messages.map(({ awaited }) => awaited)).toEqual([false, true]);
	await fixture.command('succeeded');
	expect(fixture.doing()).toBe('end 1');
	expect(fixture.seen.messages.map(({ awaited }) => awaited)).toEqual([false, false, true]);
});

/** A monitor that is too eager: nothing else can end an execution behind the back of a living agent. */
async function begunUnderEagerMonitor(): Promise<SimulationFixture> {
	const fixture = await SimulationFixture.of(setupOf({ post: [plain] }), {
		rules: { isStale: () => true },
	});
	await fixture.begin();
	return fixture;
}

const eager: Event = { kind: 'monitor-runs' };

test('an agent whose heartbeat is refused drops everything, without post or end', async () => {
	const fixture = await begunUnderEagerMonitor();
	await fixture.play(beat, eager);
	expect(fixture.task().status).toBe('failed');
	expect(fixture.doing()).toBe('main 0');
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('idle');
	expect(fixture.host()).toMatchObject({ execution: null, assigned: null });
	expect(fixture.seen.messages).toEqual([]);
});

test('a refused heartbeat ends the wait for a mark, too', async () => {
	const fixture = await begunUnderEagerMonitor();
	await fixture.command('failed');
	await fixture.play(beat, eager);
	await fixture.exchange('heartbeat');
	expect(fixture.doing()).toBe('idle');
	expect(fixture.seen.messages.map(({ route, awaited }) => [route, awaited])).toEqual([
		['mark', false],
	]);
});

test('a refusal that comes with the hours fences an agent that waits for the answer to its end', async () => {
	const fixture = await SimulationFixture.of(setupOf(), { rules: { isStale: () => true } });
	await fixture.begin();
	await fixture.command('failed');
	await fixture.play(eager, hour);
	expect(fixture.doing()).toBe('idle');
	expect(fixture.seen.messages.map(({ route, awaited }) => [route, awaited])).toEqual([
		['mark', false],
		['end', false],
	]);
});

test('hours give a pending call up and exchange a heartbeat that nobody sees', async () => {
	const fixture = await begun();
	await fixture.command('failed');
	await fixture.play(beat, { kind: 'hours-pass', hours: 3 });
	expect(fixture.doing()).toBe('end 1');
	expect(fixture.seen.minute).toBe(180);
	expect(fixture.seen.answer).toBeNull();
	expect(fixture.seen.messages.map(({ route, awaited }) => [route, awaited])).toEqual([
		['mark', false],
		['heartbeat', false],
		['end', true],
	]);
	await fixture.play({ kind: 'monitor-runs' });
	expect(fixture.task().status).toBe('started');
});

test('hours bring the news of an abort', async () => {
	const fixture = await begun({ post: [plain] });
	await fixture.play(aborts, hour);
	expect(fixture.doing()).toBe('post 0');
});

test('hours without an app server cut every agent off', async () => {
	const fixture = await begun();
	await fixture.play({ kind: 'server-crashes' }, hour);
	expect(fixture.host()).toMatchObject({ execution: null, doing: { kind: 'idle' } });
});

test('an unreachable host lets go of everything while others go on', async () => {
	const fixture = await begun({}, setupOf({}, {}, TWO));
	await fixture.begin('h2');
	await fixture.play({ kind: 'host-unreachable', host: 'h1' });
	expect(fixture.seen.minute).toBe(60);
	expect(fixture.doing(0)).toBe('idle');
	expect(fixture.doing(1)).toBe('main 0');
	await fixture.play({ kind: 'monitor-runs' });
	expect(fixture.seen.tasks.map(({ status }) => status)).toEqual(['failed', 'started']);
});

test('an unreachable host that only asks for work stops asking', async () => {
	const fixture = await SimulationFixture.of(setupOf());
	await fixture.play({ kind: 'host-asks', host: 'h1' }, { kind: 'host-unreachable', host: 'h1' });
	expect(fixture.doing()).toBe('idle');
	await fixture.play(delivered('request', 'next'));
	expect(fixture.seen.messages).toEqual([]);
});
