import { expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/event.ts';
import type { Project } from '../../model/vocabulary/project.ts';
import { setupOf, TWO } from '../testing/setups.ts';
import { delivered, Stage } from '../testing/stage.ts';

const beat: Event = { kind: 'heartbeat-sent', host: 'h1' };
const aborts: Event = { kind: 'user-aborts', task: 't1' };
const hour: Event = { kind: 'hours-pass', hours: 1 };
const plain = { command: 'test' };

async function begun(project: Partial<Project> = {}, setup = setupOf(project)): Promise<Stage> {
	const stage = await Stage.of(setup);
	await stage.begin();
	return stage;
}

test('an abort cancels the command of main, and post follows without mark or timeout block', async () => {
	const stage = await begun({ post: [plain], timeout: [plain] });
	await stage.play(aborts, beat);
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('post 0');
	await stage.play(beat);
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('post 0');
	await stage.command('succeeded');
	await stage.exchange('end');
	expect(stage.task()).toMatchObject({ status: 'failed', details: { description: 'aborted' } });
});

test('an abort in pre skips main and kills what runs in the background', async () => {
	const stage = await begun({
		pre: [{ command: 'server', background: true }, plain],
		post: [plain],
	});
	await stage.play(aborts, beat);
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('post 0');
	expect(stage.host().background).toEqual([]);
});

test('an abort learned while a mark is waited for changes nothing for the agent', async () => {
	const stage = await begun();
	await stage.command('failed');
	await stage.play(aborts, beat);
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('mark 1');
});

test('a new heartbeat closes the connection of the one before, and so does the end', async () => {
	const stage = await begun();
	await stage.play(beat, beat);
	expect(stage.seen.messages.map(({ awaited }) => awaited)).toEqual([false, true]);
	await stage.command('succeeded');
	expect(stage.doing()).toBe('end 1');
	expect(stage.seen.messages.map(({ awaited }) => awaited)).toEqual([false, false, true]);
});

/** A monitor that is too eager: nothing else can end an execution behind the back of a living agent. */
async function begunUnderEagerMonitor(): Promise<Stage> {
	const stage = await Stage.of(setupOf({ post: [plain] }), { rules: { isStale: () => true } });
	await stage.begin();
	return stage;
}

const eager: Event = { kind: 'monitor-runs' };

test('an agent whose heartbeat is refused drops everything, without post or end', async () => {
	const stage = await begunUnderEagerMonitor();
	await stage.play(beat, eager);
	expect(stage.task().status).toBe('failed');
	expect(stage.doing()).toBe('main 0');
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('idle');
	expect(stage.host()).toMatchObject({ execution: null, assigned: null });
	expect(stage.seen.messages).toEqual([]);
});

test('a refused heartbeat ends the wait for a mark, too', async () => {
	const stage = await begunUnderEagerMonitor();
	await stage.command('failed');
	await stage.play(beat, eager);
	await stage.exchange('heartbeat');
	expect(stage.doing()).toBe('idle');
	expect(stage.seen.messages.map(({ route, awaited }) => [route, awaited])).toEqual([
		['mark', false],
	]);
});

test('a refusal that comes with the hours fences an agent that waits for the answer to its end', async () => {
	const stage = await Stage.of(setupOf(), { rules: { isStale: () => true } });
	await stage.begin();
	await stage.command('failed');
	await stage.play(eager, hour);
	expect(stage.doing()).toBe('idle');
	expect(stage.seen.messages.map(({ route, awaited }) => [route, awaited])).toEqual([
		['mark', false],
		['end', false],
	]);
});

test('hours give a pending call up and exchange a heartbeat that nobody sees', async () => {
	const stage = await begun();
	await stage.command('failed');
	await stage.play(beat, { kind: 'hours-pass', hours: 3 });
	expect(stage.doing()).toBe('end 1');
	expect(stage.seen.hour).toBe(3);
	expect(stage.seen.answer).toBeNull();
	expect(stage.seen.messages.map(({ route, awaited }) => [route, awaited])).toEqual([
		['mark', false],
		['heartbeat', false],
		['end', true],
	]);
	await stage.play({ kind: 'monitor-runs' });
	expect(stage.task().status).toBe('started');
});

test('hours bring the news of an abort', async () => {
	const stage = await begun({ post: [plain] });
	await stage.play(aborts, hour);
	expect(stage.doing()).toBe('post 0');
});

test('hours without an app server cut every agent off', async () => {
	const stage = await begun();
	await stage.play({ kind: 'server-crashes' }, hour);
	expect(stage.host()).toMatchObject({ execution: null, doing: { kind: 'idle' } });
});

test('an unreachable host lets go of everything while others go on', async () => {
	const stage = await begun({}, setupOf({}, {}, TWO));
	await stage.begin('h2');
	await stage.play({ kind: 'host-unreachable', host: 'h1' });
	expect(stage.seen.hour).toBe(1);
	expect(stage.doing(0)).toBe('idle');
	expect(stage.doing(1)).toBe('main 0');
	await stage.play({ kind: 'monitor-runs' });
	expect(stage.seen.tasks.map(({ status }) => status)).toEqual(['failed', 'started']);
});

test('an unreachable host that only asks for work stops asking', async () => {
	const stage = await Stage.of(setupOf());
	await stage.play({ kind: 'host-asks', host: 'h1' }, { kind: 'host-unreachable', host: 'h1' });
	expect(stage.doing()).toBe('idle');
	await stage.play(delivered('request', 'next'));
	expect(stage.seen.messages).toEqual([]);
});
