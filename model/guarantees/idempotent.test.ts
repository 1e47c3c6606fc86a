import { describe, expect, it } from 'vitest';
import type { Credentials } from '../vocabulary/credentials.ts';
import type { Route } from '../vocabulary/message.ts';
import type { TaskObservation } from '../vocabulary/observation.ts';
import { idempotent } from './idempotent.ts';
import { A0, FAILED, granted, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import { pairOf, pairUntil } from './testing/pair.ts';
import {
	answer,
	type Change,
	delivered,
	host,
	inFlight,
	judgeScenes,
	request,
	type Scene,
	seen,
	setupToJudge,
	task,
} from './testing/seen.ts';

const setup = setupToJudge();
const again = (route: 'start' | 'mark' | 'end', ...changes: Change[]): Scene[] => [
	[{ kind: 'message-repeated', message: { leg: 'request', route } }, inFlight(request(route, A0))],
	[delivered('request', route), ...changes],
];
const hours = (count: number): Scene => [
	{ kind: 'hours-pass', hours: count },
	(before) => ({ ...before, minute: before.minute + 60 * count }),
];
const judgeWith = (...scenes: Scene[]) => judgeScenes(idempotent, setup, scenes);

it('holds when the first decision on a mark stands', () => {
	const judged = judgeWith(...until('granted'), ...again('mark', answer(200, 'already_granted')));
	expect(judged).toMatchObject({ broken: null, exercised: 2 });
	const refusal: Scene = [
		delivered('request', 'mark'),
		task('a', { mark: 'refused_quota' }),
		answer(429, 'refused_quota'),
	];
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	const late = again('mark', answer(429, 'refused_quota'));
	expect(judgeWith(...until('fails'), refusal, aborts, ...late).broken).toBeNull();
});

it('is violated when a repeated mark is decided anew', () => {
	expect(judgeWith(...until('granted'), ...again('mark', answer(200, 'granted'))).broken).toContain(
		'the first decision stands (already_granted), but the answer was 200 granted',
	);
	expect(
		judgeWith(...until('granted'), ...again('mark', seen({ quota_used: 2 }))).broken,
	).toContain('should change nothing');
});

it('is violated when the first decision is not kept', () => {
	const forgotten: Scene = [delivered('request', 'mark'), answer(429, 'refused_quota')];
	expect(judgeWith(...until('fails'), forgotten).broken).toBe(
		'The first mark of execution 0 of "a" was answered 429 refused_quota, which has to stand, but its mark is none.',
	);
});

it('holds when an end that comes again gets 200 for an hour and a 4xx later', () => {
	const early = again('end', answer(200, 'already_ended'));
	const late = again('end', answer(401, 'refused_credentials'));
	const judged = judgeWith(...until('idle'), ...early, hours(1), ...early, hours(1), ...late);
	expect(judged).toMatchObject({ broken: null, exercised: 4 });
});

it('is violated when the secret of an ended execution is void too early or valid too long', () => {
	const early = again('end', answer(401, 'refused_credentials'));
	expect(judgeWith(...until('idle'), ...early).broken).toContain('200 already_ended');
	const late = again('end', answer(200, 'already_ended'));
	expect(judgeWith(...until('idle'), hours(2), ...late).broken).toContain(
		'void an hour after the end',
	);
	const forged: Scene = [
		{
			kind: 'request-forged',
			route: 'end',
			task: 'a',
			host: 'h',
			credentials: 'previous-execution',
		},
		answer(200, 'already_ended'),
	];
	expect(judgeWith(...until('idle'), forged).broken).toBeNull();
	expect(judgeWith(...until('idle'), hours(2), forged).broken).toContain(
		'void an hour after the end',
	);
});

it('is violated when a mark after the end is no 4xx', () => {
	expect(
		judgeWith(...until('idle'), ...again('mark', answer(400, 'refused_not_running'))).broken,
	).toBeNull();
	expect(
		judgeWith(...until('idle'), ...again('mark', answer(200, 'already_granted'))).broken,
	).toContain('is a 4xx');
});

it('is violated when a repeated start or abort changes something', () => {
	expect(judgeWith(...until('runs'), ...again('start', answer(200, 'ok'))).exercised).toBe(1);
	expect(
		judgeWith(...until('runs'), ...again('start', task('a', { dispatched_minute: 540 }))).broken,
	).toContain('A start');
	const aborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
	const unaborts: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: false })];
	expect(judgeWith(...until('runs'), aborts, aborts)).toMatchObject({ broken: null, exercised: 1 });
	expect(judgeWith(...until('runs'), aborts, unaborts).broken).toContain('aborted again');
});

describe('what is repeated', () => {
	const judged = (...scenes: Scene[]) => judgeScenes(idempotent, setupToJudge(), scenes).broken;
	const at = (...scenes: Scene[]) => halvesAt(idempotent, setupToJudge(), scenes);
	const sends = (route: Route, ref: typeof A0 | null = A0): Scene => [
		{ kind: 'heartbeat-sent', host: 'h' },
		inFlight(request(route, ref, route === 'end' ? FAILED : null)),
	];
	const arrives = (route: Route, ...changes: Change[]): Scene => [
		delivered('request', route),
		...changes,
	];
	const later = (minutes: number): Scene => [
		{ kind: 'hours-pass', hours: 1 },
		(before) => ({ ...before, minute: before.minute + minutes }),
	];
	const ended: Scene = [
		{ kind: 'monitor-runs' },
		task('a', { status: 'failed', ended_minute: 0, details: FAILED }),
	];
	const moves = task('b', { status: 'dispatched' });

	it('is told apart, and what comes first is not repeated', () => {
		expect(at(...until('started'))).toEqual([]);
		expect(at(...until('granted'))).toEqual(['first-mark']);
		expect(at(...until('restarted'))).toEqual([]);
		expect(
			at(...until('granted'), sends('mark'), arrives('mark', answer(200, 'already_granted'))),
		).toEqual(['mark']);
		expect(at(...until('runs'), sends('start'), arrives('start', answer(200, 'ok')))).toEqual([
			'start',
		]);
		expect(
			at(...until('runs'), sends('heartbeat'), arrives('heartbeat', answer(200, 'ok'))),
		).toEqual([]);
		expect(
			at(
				...until('idle'),
				sends('heartbeat'),
				arrives('heartbeat', answer(409, 'refused_not_running')),
			),
		).toEqual(['heartbeat']);
		expect(
			at(...until('idle'), sends('end'), arrives('end', answer(200, 'already_ended'))),
		).toEqual(['end']);
		expect(
			at(...until('runs'), ended, sends('end'), arrives('end', answer(200, 'already_ended'))),
		).toEqual(['end']);
		expect(
			at(
				...until('idle'),
				later(61),
				sends('end'),
				arrives('end', answer(401, 'refused_credentials')),
			),
		).toEqual(['void-end']);
		expect(at(...until('runs'), sends('next', null), arrives('next', answer(200, 'task')))).toEqual(
			['next'],
		);
		expect(
			at(...until('idle'), sends('next', null), arrives('next', answer(200, 'nothing'))),
		).toEqual([]);
	});

	it('changes nothing', () => {
		expect(judged(...until('runs'), sends('start'), arrives('start', moves))).toContain(
			'A start for execution 0 of "a" came again or too late and should change nothing',
		);
		expect(judged(...until('idle'), sends('start'), arrives('start', moves))).toContain(
			'A start for',
		);
		expect(judged(...until('idle'), sends('heartbeat'), arrives('heartbeat', moves))).toContain(
			'A heartbeat for',
		);
		expect(judged(...until('dispatched'), sends('start'), arrives('start', moves))).toBeNull();
		expect(
			judged(...until('idle'), sends('end'), arrives('end', seen({ quota_used: 0 }))),
		).toContain('A end for execution 0');
		expect(
			judged(...until('idle'), sends('mark', { task: 'x', execution: 0 }), arrives('mark', moves)),
		).toBeNull();
	});

	it('is an end for an hour, to the minute, and void after it', () => {
		const end = (minutes: number, ...changes: Change[]) =>
			judged(...until('idle'), later(minutes), sends('end'), arrives('end', ...changes));
		expect(end(60, answer(200, 'already_ended'))).toBeNull();
		expect(end(60, answer(401, 'refused_credentials'))).toContain('200 already_ended');
		expect(end(61, answer(401, 'refused_credentials'))).toBeNull();
		expect(end(61, answer(200, 'already_ended'))).toContain('void an hour after the end');
		expect(end(1, answer(200, 'ok'))).toContain('200 already_ended');
		expect(end(1, answer(201, 'already_ended'))).toContain('200 already_ended');
	});

	it('is refused of a mark after its end, by any 4xx', () => {
		const mark = (...changes: Change[]) =>
			judged(...until('idle'), sends('mark'), arrives('mark', ...changes));
		expect(mark(answer(400, 'refused_not_running'))).toBeNull();
		expect(mark(answer(499, 'refused_not_running'))).toBeNull();
		expect(mark(answer(500, 'refused_not_running'))).toContain('which is a 4xx');
		expect(mark(answer(200, 'already_granted'))).toContain('which is a 4xx');
		expect(mark()).toContain('which is a 4xx');
	});

	it('may be lost in a crash, as long as it changes nothing', () => {
		const crash = (...changes: Change[]): Scene => [
			{ kind: 'server-crashes', message: { leg: 'request', route: 'mark' } },
			...changes,
		];
		expect(judged(...until('idle'), sends('mark'), crash())).toBeNull();
		expect(judged(...until('idle'), sends('mark'), crash(moves))).toContain(
			'should change nothing',
		);
		expect(judged(...until('fails'), crash(task('a', granted)))).toBeNull();
	});

	it('is an abort of what is aborted: the task, or all of a display task that runs', () => {
		const pair = pairOf();
		const abort = (id: string, ...changes: Change[]): Scene => [
			{ kind: 'user-aborts', task: id },
			...changes,
		];
		const of = (...scenes: Scene[]) =>
			halvesAt(idempotent, pair, [...pairUntil('bRuns'), ...scenes]);
		const a = task('a', { aborted: true });
		const b = task('b', { aborted: true });
		expect(of(abort('a', a))).toEqual([]);
		expect(of(abort('a', a), abort('a'))).toEqual(['abort']);
		expect(of(abort('a', a), abort('a', moves))).toContain('was aborted again');
		expect(of(abort('a', a), abort('d'))).toEqual([]);
		expect(of(abort('d', a, b), abort('d'))).toEqual(['abort']);
		expect(of(abort('d', a, b), abort('d', seen({ quota_used: 1 })))).toContain(
			'was aborted again',
		);
		expect(of(abort('d', a, b, task('a', { restart_pending: true })), abort('d'))).toEqual([]);
		expect(halvesAt(idempotent, pair, [abort('d')])).toEqual([]);
		const asked = task('a', { restart_asked: 'whole' });
		expect(
			of(abort('d', a, b, asked), abort('d', task('a', { restart_asked: undefined }))),
		).toEqual([]);
	});

	it('is a forged request with the secret of the execution before, unless its host is gone', () => {
		const forges = (
			credentials: Credentials,
			route: 'mark' | 'end',
			...changes: Change[]
		): Scene => [{ kind: 'request-forged', route, task: 'a', host: 'h', credentials }, ...changes];
		const story = (...more: Scene[]) => [...until('idle'), ...more];
		expect(
			at(...story(), forges('previous-execution', 'end', answer(200, 'already_ended'))),
		).toEqual(['end']);
		expect(
			at(...story(), forges('previous-execution', 'mark', answer(409, 'refused_not_running'))),
		).toEqual(['mark']);
		expect(
			at(
				...story(later(61)),
				forges('previous-execution', 'end', answer(401, 'refused_credentials')),
			),
		).toEqual(['void-end']);
		expect(at(...story(), forges('previous-execution', 'end', moves))).toContain(
			'should change nothing',
		);
		expect(at(...story(), forges('none', 'end', moves))).toEqual([]);
		expect(at(...until('runs'), forges('previous-execution', 'end', moves))).toEqual([]);
		const gone: Scene = [{ kind: 'monitor-runs' }, host('h', { away: 'gone' })];
		expect(at(...story(gone), forges('previous-execution', 'end', moves))).toEqual([]);
	});

	it('is the first decision, which is what was answered and what the task shows', () => {
		const mark = (...changes: Change[]) => judged(...until('fails'), arrives('mark', ...changes));
		expect(mark(task('a', granted), answer(200, 'granted'))).toBeNull();
		expect(mark(answer(200, 'granted'))).toContain('which has to stand, but its mark is none');
		expect(mark(task('a', { mark: 'refused_cap' }), answer(400, 'refused_budget'))).toContain(
			'but its mark is refused_cap',
		);
		const aborted: Scene = [{ kind: 'user-aborts', task: 'a' }, task('a', { aborted: true })];
		expect(
			judged(...until('fails'), aborted, arrives('mark', answer(200, 'ignored_aborted'))),
		).toBeNull();
		expect(judged(...until('fails'), aborted, arrives('mark', answer(200, 'granted')))).toContain(
			'has to stand',
		);
		const now = (mark: TaskObservation['mark'], aborted = false): Scene => [
			{ kind: 'monitor-runs' },
			task('a', { mark, aborted }),
		];
		expect(judged(...until('granted'), now('withdrawn', true))).toBeNull();
		expect(judged(...until('granted'), now('withdrawn'))).toContain(
			'was granted, which has to stand',
		);
		expect(judged(...until('granted'), now('refused_cap'))).toContain('which has to stand');
		expect(judged(...until('fails'), now('withdrawn', true))).toContain(
			'was none, which has to stand',
		);
		expect(judged(...until('fails'), now('refused_cap'))).toBeNull();
		expect(judged(...until('granted'), now('refused_cap'), now('none'))).toContain('has to stand');
	});
});
