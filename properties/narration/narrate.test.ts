import { describe, expect, test } from 'vitest';
import type { Event } from '../../model/vocabulary/events/event.ts';
import { toToken } from '../../model/vocabulary/stories/story.ts';
import { CANARIES } from '../deviations/canaries.ts';
import { model } from '../systems/model.ts';
import { BEGIN, exchange, FAIL, SETUP } from '../testing/stories.ts';
import { narrate, narrateEach } from './narrate.ts';

const tokenOf = (...events: Event[]): string => toToken({ setup: SETUP, events });
const FORGED: Event = {
	kind: 'request-forged',
	route: 'mark',
	task: 't1',
	host: 'h1',
	credentials: 'none',
};
const systemOf = (name: string) => {
	const canary = CANARIES.find((one) => one.name === name);
	if (canary === undefined) throw new RangeError(name);
	return canary.system;
};

describe('a story that keeps every promise', () => {
	test('has a lane for each that acts, a sentence an event, arrows, and what each event changed', async () => {
		const narrated = await narrate({
			token: tokenOf(...BEGIN, ...FAIL),
			systems: [model()],
			about: null,
		});
		expect(narrated.broken).toBeNull();
		expect(narrated.lanes.map(({ kind }) => kind)).toEqual(['agent', 'server']);
		expect(narrated.events[1]).toEqual({
			sentence: 'delivered: next request',
			fault: false,
			part: 'story',
			arrow: { from: 0, to: 1, label: 'next', fate: 'arrives' },
			lane: null,
			changes: ['the server answers 200 task', 't1/0 is dispatched to h1'],
		});
		expect(narrated.events[2]?.arrow).toMatchObject({ from: 1, to: 0, label: 'next: task' });
		expect(narrated.events.flatMap(({ changes }) => changes)).toContain(
			't1/1 waits for a host, restarted by the mark of t1/0',
		);
		expect(narrated.events.some(({ part }) => part === 'rest')).toBe(true);
	});

	test('is narrated with its faults, those who come from outside, and time for everybody', async () => {
		const narrated = await narrate({
			token: tokenOf(
				FORGED,
				{ kind: 'user-aborts', task: 't1' },
				{ kind: 'hours-pass', hours: 2 },
				{ kind: 'host-asks', host: 'h1' },
				{ kind: 'message-lost', message: { leg: 'request', route: 'next' } },
			),
			systems: [model()],
			about: null,
		});
		expect(narrated.lanes.map(({ kind }) => kind)).toEqual(['agent', 'server', 'user', 'stranger']);
		expect(narrated.events.slice(0, 5).map(({ fault }) => fault)).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
		expect(narrated.events[0]?.arrow).toMatchObject({ from: 3, to: 1 });
		expect(narrated.events[2]).toMatchObject({ arrow: null, lane: null });
		expect(narrated.events[4]?.arrow?.fate).toBe('lost');
	});
});

test('of hosts that come late it is told who they are, when they come and when they go', async () => {
	const narrated = await narrate({
		token: toToken({
			setup: { ...SETUP, hosts: ['h1', 'h2'], late_hosts: ['h2'] },
			events: [
				{ kind: 'host-comes', host: 'h2' },
				{ kind: 'host-goes', host: 'h1' },
			],
		}),
		systems: [model()],
		about: null,
	});
	expect(narrated.setup).toContain('on 2 hosts (yet to come: h2);');
	expect(narrated.lanes.map(({ late }) => late === true)).toEqual([false, true, false, false]);
	const [comes, goes] = narrated.events;
	expect(comes).toMatchObject({ arrow: { from: 3, to: 1, life: 'begins' }, fault: false });
	expect(goes).toMatchObject({ arrow: { from: 3, to: 0, life: 'ends' }, fault: true });
	expect(comes?.changes).toEqual(['the server answers 200 ok', 'h2 is there']);
	expect(goes?.changes).toEqual(['the server answers 200 ok', 'h1 is gone for good']);
});

describe('a story that breaks a promise', () => {
	const forged = () => ({
		token: tokenOf(...BEGIN, FORGED, ...FAIL),
		systems: [model(), systemOf('mark accepted without secret')],
	});

	test('names the event and the sentence, and tells what the broken system showed', async () => {
		const narrated = await narrate({ ...forged(), about: null });
		expect(narrated.broken).toMatchObject({ index: BEGIN.length, guarantee: 'S8' });
		expect(narrated.system).toContain('mark accepted without secret');
		expect(narrated.events[BEGIN.length]?.changes).toContain('the server answers 200 granted');
	});

	test('is about one guarantee, whatever else breaks in it before', async () => {
		const narrated = await narrate({ ...forged(), about: 'S2' });
		expect(narrated.broken?.guarantee ?? null).not.toBe('S8');
	});
});

test('no story is narrated twice, none without a token, and no more than the most', async () => {
	const systems = [model()];
	const one = { token: tokenOf(...BEGIN), systems, about: null };
	const other = { token: tokenOf(...BEGIN, ...exchange('mark')), systems, about: null };
	expect(await narrateEach([one, one, { ...one, token: null }, other], 9)).toHaveLength(2);
	expect(await narrateEach([one, other], 1)).toHaveLength(1);
});
