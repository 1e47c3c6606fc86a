import { expect, test } from 'vitest';
import type { Timers } from '../ports/timers.ts';
import type { WireResponse } from '../wire/exchange.ts';
import { LightResponse } from '../wire/exchange.ts';
import { Heartbeat } from './heartbeat.ts';
import { Requests } from './requests.ts';

/** A heartbeat with its timers in hand. */
function beating(answer: WireResponse | null) {
	const heard: string[] = [];
	const fences: { delay_s: number; stopped: boolean; fire: () => void }[] = [];
	let beat = async (): Promise<void> => {};
	const timers: Timers = {
		sleep: () => ({ over: Promise.resolve(), wake: () => {} }),
		after: (delay_s, _purpose, fire) => {
			const fence = { delay_s, stopped: false, fire };
			fences.push(fence);
			return () => {
				fence.stopped = true;
			};
		},
		every: (_interval_s, _purpose, action) => {
			beat = action;
			return () => {};
		},
	};
	const transport = { open: () => ({ response: Promise.resolve(answer), close: () => {} }) };
	const work = { execution: { task: 't1', execution: 0 }, secret: 'secret' };
	const envelope = new Requests({ id: 'h1', secret: 's' }).heartbeat(work);
	const heartbeat = new Heartbeat(transport, timers, envelope, {
		aborted: () => heard.push('aborted'),
		lost: () => heard.push('lost'),
	});
	heartbeat.start();
	return { heartbeat, heard, fences, beat: () => beat() };
}

test('an accepted heartbeat puts the fence off, six minutes from now', async () => {
	const { fences, beat, heard } = beating(new LightResponse(200, { outcome: 'ok' }));
	expect(fences.map(({ delay_s }) => delay_s)).toEqual([360]);
	await beat();
	expect(fences.map(({ stopped }) => stopped)).toEqual([true, false]);
	expect(heard).toEqual([]);
});

test('a heartbeat that is not answered, or with an error, leaves the fence where it is', async () => {
	for (const answer of [null, new LightResponse(500, {})]) {
		const { fences, beat, heard } = beating(answer);
		await beat();
		expect(fences).toHaveLength(1);
		expect(heard).toEqual([]);
		fences[0]?.fire();
		expect(heard).toEqual(['lost']);
	}
});

test('any refusal means that the execution is lost, and an abort is told', async () => {
	for (const status of [401, 404, 409]) {
		const { beat, heard } = beating(new LightResponse(status, { outcome: null }));
		await beat();
		expect(heard).toEqual(['lost']);
	}
	const { beat, heard } = beating(new LightResponse(200, { outcome: 'abort', abort: true }));
	await beat();
	expect(heard).toEqual(['aborted']);
});

test('a heartbeat that was hung up is not heeded, and one that stopped has no fence', async () => {
	const { heartbeat, beat, heard, fences } = beating(
		new LightResponse(200, { outcome: 'abort', abort: true }),
	);
	const answered = beat();
	heartbeat.stop();
	await answered;
	expect(heard).toEqual([]);
	expect(fences.every(({ stopped }) => stopped)).toBe(true);
});
