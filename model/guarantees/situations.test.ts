import { describe, expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { TaskStatus } from '../vocabulary/observation.ts';
import type { Setup } from '../vocabulary/setup.ts';
import { guarantees } from './index.ts';
import { SITUATIONS, WITNESSES } from './situations.ts';
import { A0, calling, FAILED, running, SUCCESS } from './testing/flaky.ts';
import { archivedAs, begun, pairOf } from './testing/pair.ts';
import {
	type Change,
	delivered,
	groupOf,
	host,
	inFlight,
	request,
	resting,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

describe('situations', () => {
	it('have names of their own', () => {
		const names = SITUATIONS.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('put to the test a half that its guarantee has', () => {
		const halves = guarantees.flatMap(({ id, witness }) =>
			witness.map(({ name }) => `${id} ${name}`),
		);
		for (const { name, guarantee, half } of SITUATIONS)
			expect(halves, name).toContain(`${guarantee} ${half}`);
	});

	it.each<[Event, string]>([
		[{ kind: 'minutes-pass', minutes: 1439 }, 'S7 ran-out'],
		[{ kind: 'host-unreachable', host: 'h' }, 'S7 ran-out'],
		[{ kind: 'user-aborts', task: 'a' }, 'S7 given-back'],
	])(
		'tell a slot that ran out from one that was given back, however time passes',
		(event, name) => {
			const setup = setupToJudge();
			const first = resting(setup);
			const minute = name === 'S7 ran-out' ? 1440 : 0;
			const before = { ...first, quota_used: 1 };
			const after = { ...first, quota_used: 0, minute };
			const moment = { setup, before, event, after };
			const reached = WITNESSES.filter(
				(one) => one.guarantee === 'S7' && one.reached(moment, true),
			);
			expect(reached.map((one) => one.name)).toEqual([name]);
		},
	);

	it('are the witnesses of every half of every guarantee, and more', () => {
		expect(WITNESSES.map(({ guarantee }) => guarantee)).toEqual(
			guarantees.flatMap(({ id, witness }) => witness.map(() => id)),
		);
		expect(SITUATIONS.length).toBeGreaterThan(WITNESSES.length);
	});
});

describe('where faults were found to hide', () => {
	const reached = (
		setup: Setup,
		before: readonly Change[],
		event: Event,
		...after: Change[]
	): string[] => {
		const was = before.reduce((state, change) => change(state), resting(setup));
		const is = after.reduce((state, change) => change(state), was);
		const moment = { setup, before: was, event, after: is };
		return SITUATIONS.filter((one) => !WITNESSES.includes(one) && one.reached(moment, false)).map(
			({ name }) => name,
		);
	};
	const pair = pairOf();
	const ofPair = (before: readonly Change[], event: Event, ...after: Change[]) =>
		reached(pair, before, event, ...after);
	const MONITOR: Event = { kind: 'monitor-runs' };
	const CRASH: Event = { kind: 'server-crashes' };
	const END = delivered('request', 'end');
	const RUNS = { status: 'started' } as const;
	const ENDED = { status: 'failed', details: FAILED } as const;
	const LISTED = { restart_pending: true, mark: 'granted' } as const;

	it('an abort after the grant, of what is at work or waits for the others', () => {
		const aborts = (id: string): Event => ({ kind: 'user-aborts', task: id });
		const bRuns = task('b', RUNS);
		expect(ofPair([task('a', { ...RUNS, ...LISTED }), bRuns], aborts('a'))).toEqual([
			'abort-after-grant-started',
		]);
		expect(ofPair([task('a', { ...RUNS, ...LISTED }), bRuns], aborts('d'))).toEqual([
			'abort-after-grant-started',
		]);
		expect(ofPair([task('a', { ...ENDED, ...LISTED }), bRuns], aborts('d'))).toEqual([
			'abort-after-grant-failed',
		]);
		expect(ofPair([task('a', { ...ENDED, ...LISTED }), bRuns], aborts('b'))).toEqual([]);
		expect(ofPair([task('a', RUNS), bRuns], aborts('a'))).toEqual([]);
		expect(ofPair([task('a', { ...RUNS, ...LISTED }), bRuns], MONITOR)).toEqual([]);
	});

	it('a crash when all of it has ended and is to be restarted', () => {
		const alone = setupToJudge();
		const due = [task('a', { ...ENDED, ...LISTED })];
		expect(reached(alone, due, CRASH)).toEqual(['crash-before-restart-plain']);
		expect(reached(alone, due, MONITOR)).toEqual([]);
		expect(reached(alone, [task('a', ENDED)], CRASH)).toEqual([]);
		expect(reached(alone, [task('a', { ...RUNS, ...LISTED })], CRASH)).toEqual([]);
		expect(ofPair([...due, task('b', ENDED)], CRASH)).toEqual(['crash-before-restart-unit']);
		expect(ofPair([...due, task('b', RUNS)], CRASH)).toEqual([]);
		expect(ofPair(due, CRASH)).toEqual([]);
	});

	it('what somebody waits for ends before its restart, and is restarted', () => {
		const a = task('a', { ...ENDED, ...LISTED });
		const bRuns = [a, task('b', RUNS)];
		const bEnds = task('b', ENDED);
		expect(ofPair(bRuns, END, bEnds)).toEqual(['dependent-before-restart']);
		expect(ofPair([task('a', ENDED), task('b', RUNS)], END, bEnds)).toEqual([]);
		expect(ofPair([a, bEnds], END, task('b', { ...ENDED, aborted: true }))).toEqual([]);
		expect(ofPair([task('a', { ...RUNS, ...LISTED }), bEnds], END, a)).toEqual([]);
		const again = [
			task('a', begun(archivedAs('h', { mark: 'granted' }))),
			task('b', begun(archivedAs('g'))),
		];
		expect(ofPair([a, bEnds], MONITOR, ...again)).toEqual(['dependent-after-restart']);
		const user: Event = { kind: 'user-restarts', task: 'd', execution: 0 };
		expect(ofPair([a, bEnds], user, ...again)).toEqual([]);
		expect(ofPair([a, bEnds], MONITOR, ...again.slice(0, 1))).toEqual([]);
	});

	it('the last of several is lost, after a grant', () => {
		const a = task('a', { ...ENDED, ...LISTED });
		const lost = task('b', ENDED);
		expect(ofPair([a, task('b', RUNS)], MONITOR, lost)).toContain('last-member-lost');
		expect(ofPair([task('a', ENDED), task('b', RUNS)], MONITOR, lost)).toEqual([]);
		expect(ofPair([a, task('b', RUNS)], END, lost)).not.toContain('last-member-lost');
		expect(
			ofPair([task('a', { ...RUNS, ...LISTED }), task('b', RUNS)], MONITOR, lost),
		).not.toContain('last-member-lost');
		const alone = [task('a', { ...RUNS, ...LISTED })];
		expect(reached(setupToJudge(), alone, MONITOR, a)).toEqual([]);
	});

	it('a request of an older execution finds the live one in some state', () => {
		const late = (status: TaskStatus, execution = 1, ref = A0) =>
			reached(
				setupToJudge(),
				[task('a', { execution, status }), inFlight(request('end', ref, FAILED))],
				END,
			);
		for (const status of ['undispatched', 'dispatched', 'started', 'success', 'failed'] as const) {
			expect(late(status)).toEqual([`late-message-${status}`]);
			expect(late(status, 0)).toEqual([]);
		}
		expect(late('started', 1, { ...A0, task: 'x' })).toEqual([]);
		const next = [task('a', { execution: 1 }), inFlight(request('next', null))];
		expect(reached(setupToJudge(), next, delivered('request', 'next'))).toEqual([]);
	});

	const alone = setupToJudge();
	const MARK = delivered('request', 'mark');
	const asks = (id: string): Change => inFlight(request('mark', { task: id, execution: 0 }));

	it('a success after a grant', () => {
		const ends = (was: object, is: object) =>
			reached(alone, [task('a', { ...RUNS, ...was })], END, task('a', is));
		const success = { status: 'success', details: SUCCESS } as const;
		expect(ends(LISTED, success)).toEqual(['success-after-grant']);
		expect(ends(LISTED, begun(archivedAs('h', { details: SUCCESS })))).toEqual([
			'success-after-grant',
		]);
		expect(ends({}, success)).toEqual([]);
		expect(ends(LISTED, ENDED)).toEqual([]);
	});

	it('a failure in the background that is noticed, and asked for', () => {
		const ends = (
			outcome: 'succeeded' | 'failed',
			block: 'main' | 'post',
			is: Parameters<typeof calling>[0],
		) =>
			reached(
				alone,
				[host('h', { execution: A0, doing: running(block) })],
				{ kind: 'command-ends', host: 'h', outcome },
				host('h', { doing: calling(is) }),
			);
		expect(ends('succeeded', 'main', 'mark')).toEqual(['background-noticed']);
		expect(ends('failed', 'main', 'mark')).toEqual([]);
		expect(ends('succeeded', 'post', 'mark')).toEqual([]);
		expect(ends('succeeded', 'main', 'end')).toEqual([]);
	});

	it('a grant to an execution that is not the first', () => {
		const grants = (execution: number, is: object) =>
			reached(alone, [task('a', { ...RUNS, execution })], MARK, task('a', is));
		expect(grants(1, LISTED)).toEqual(['later-execution-granted']);
		expect(grants(0, LISTED)).toEqual([]);
		expect(grants(1, { mark: 'refused_quota' })).toEqual([]);
	});

	it('another member asks when all of them have used up their budget', () => {
		const arrives = (setup: Setup, id: string, used: number, ...changes: Change[]) =>
			reached(setup, [task(id, { ...RUNS, automatic_restarts: used }), ...changes, asks(id)], MARK);
		expect(arrives(pair, 'b', 1)).toEqual(['budget-spent-by-all']);
		expect(arrives(pair, 'a', 1)).toEqual([]);
		expect(arrives(pair, 'b', 0)).toEqual([]);
		expect(arrives(pair, 'b', 1, task('a', LISTED))).toEqual([]);
		expect(arrives(alone, 'b', 1)).toEqual([]);
		const limited = pairOf({ daily_limit: 1 });
		expect(arrives(limited, 'b', 1)).toEqual(['budget-spent-by-all']);
		expect(arrives(limited, 'b', 1, seen({ quota_used: 1 }))).toEqual([]);
	});

	it('a member ends while another one waits for a restart elsewhere', () => {
		const setup = setupToJudge({
			tasks: [
				{ id: 'a', task: 'test', variant: 'linux' },
				{ id: 'b', task: 'test', variant: 'linux', depends_on: ['c'] },
				{ id: 'c', task: 'test', variant: 'linux' },
			],
			display_tasks: [{ id: 'd', execution_tasks: ['a', 'b'] }],
		});
		const ends = (a: object, c: object) =>
			reached(
				setup,
				[task('a', { ...RUNS, ...a }), task('c', { ...ENDED, ...c })],
				END,
				task('a', ENDED),
			);
		expect(ends(LISTED, LISTED)).toEqual(['waits-for-a-restart']);
		expect(ends(LISTED, {})).toEqual([]);
		expect(ends({}, LISTED)).toEqual([]);
		expect(ends(LISTED, { ...LISTED, ...RUNS })).toEqual([]);
		expect(ends({ ...LISTED, ...ENDED }, LISTED)).toEqual([]);
	});

	it('a mark finds no slot free for a restart of the day before', () => {
		const limited = setupToJudge({ policy: { ...alone.policy, daily_limit: 1 } });
		const arrives = (minute: number, used: number, mark: 'granted' | 'none' = 'granted') =>
			reached(
				limited,
				[
					task('a', { execution: 1, history: [archivedAs('h', { mark, ended_minute: 60 })] }),
					task('b', RUNS),
					seen({ minute, quota_used: used }),
					asks('b'),
				],
				MARK,
			);
		expect(arrives(1440, 1)).toEqual(['none-free-since-yesterday']);
		expect(arrives(1439, 1)).toEqual([]);
		expect(arrives(1500, 1)).toEqual([]);
		expect(arrives(1440, 0)).toEqual([]);
		expect(arrives(1440, 1, 'none')).toEqual([]);
	});

	it('a host that had a group before its restart is given a member that never ran', () => {
		const grp = groupOf({ setup_group: [{ command: 'start' }] });
		const ON_H = { group: 'grp', variant: 'linux' };
		const given = (a: object, b: object = {}, group: typeof ON_H | null = ON_H, on = grp) =>
			reached(
				on,
				[task('a', { ...ENDED, execution: 1, ...a }), task('b', b), host('h', { group })],
				{ kind: 'message-delivered', message: request('next', null) },
				task('b', { status: 'dispatched', host: 'h' }),
			);
		const elsewhere = { host: 'g', history: [archivedAs('h')] };
		expect(given(elsewhere)).toEqual(['never-ran-on-a-host-of-before']);
		expect(given({ ...elsewhere, host: 'h' })).toEqual([]);
		expect(given({ ...elsewhere, history: [archivedAs('g')] })).toEqual([]);
		expect(given({ host: 'g' })).toEqual([]);
		expect(given(elsewhere, { execution: 1, history: [archivedAs('h')] })).toEqual([]);
		expect(given(elsewhere, {}, null)).toEqual([]);
		expect(given(elsewhere, {}, ON_H, groupOf({}))).toEqual([]);
	});
});
