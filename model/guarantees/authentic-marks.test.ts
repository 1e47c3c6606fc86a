import { expect, it } from 'vitest';
import type { Event } from '../vocabulary/events/event.ts';
import type { Details } from '../vocabulary/message.ts';
import { authenticMarks } from './authentic-marks.ts';
import { A0, FAILED, granted, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
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
const forged = (route: 'mark' | 'end', credentials: 'none' | 'previous-execution') => ({
	kind: 'request-forged' as const,
	route,
	task: 'a',
	host: 'h',
	credentials,
});

it('holds when a forged request is refused and changes nothing', () => {
	const refused: Scene = [forged('mark', 'none'), answer(401, 'refused_credentials')];
	const judged = judgeScenes(authenticMarks, setup, [...until('runs'), refused]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
	const repeated: Scene = [forged('end', 'previous-execution'), answer(200, 'already_ended')];
	expect(judgeScenes(authenticMarks, setup, [...until('idle'), repeated]).broken).toBeNull();
});

it('is violated when a forged request is accepted, or changes anything', () => {
	const event = forged('mark', 'none');
	const cases: [Scene, string][] = [
		[[event, answer(200, 'granted')], 'the answer was 200 granted'],
		[[event], 'the answer was nothing'],
		[[event, task('a', granted), answer(200, 'granted')], 'it changed a task'],
		[
			[event, host('h', { background: [], posted: { status: 'failed', should_continue: false } })],
			'it changed a host',
		],
		[[event, inFlight(request('mark', A0))], 'it changed a message'],
		[[event, seen({ quota_used: 1 })], 'it changed the quota'],
		[[event, seen({ server: 'down' })], 'it changed the app server'],
	];
	for (const [scene, sentence] of cases)
		expect(judgeScenes(authenticMarks, setup, [...until('runs'), scene]).broken).toContain(
			sentence,
		);
});

it('is violated when a mark is granted without a request with the right secrets', () => {
	const cases: Scene[] = [
		[{ kind: 'monitor-runs' }, task('a', granted)],
		[delivered('request', 'mark'), task('b', granted)],
	];
	for (const scene of cases)
		expect(judgeScenes(authenticMarks, setup, [...until('fails'), scene]).broken).not.toBeNull();
	const otherHost: Scene = [
		{ kind: 'heartbeat-sent', host: 'h' },
		inFlight({ ...request('mark', A0), host: 'g' }),
	];
	const accepted: Scene = [delivered('request', 'mark'), task('a', granted)];
	expect(
		judgeScenes(authenticMarks, setup, [...until('runs'), otherHost, accepted]).broken,
	).toContain('had arrived');
});

it('is violated when an execution that is over is marked', () => {
	const over: Scene = [{ kind: 'monitor-runs' }, task('a', { status: 'failed' })];
	const late: Scene = [delivered('request', 'mark'), task('a', granted)];
	expect(judgeScenes(authenticMarks, setup, [...until('fails'), over, late]).broken).toContain(
		'was failed, so it cannot be marked',
	);
});

const broken = (...scenes: Scene[]) => judgeScenes(authenticMarks, setup, scenes).broken;
const tested = (...scenes: Scene[]) => halvesAt(authenticMarks, setup, scenes);
const MONITOR: Event = { kind: 'monitor-runs' };

it('takes only the end of an execution that the secret did end for no attack', () => {
	const known = answer(200, 'already_ended');
	expect(broken(...until('idle'), [forged('end', 'previous-execution'), known])).toBeNull();
	for (const scene of [
		[forged('mark', 'previous-execution'), known],
		[forged('end', 'none'), known],
		[forged('end', 'previous-execution'), answer(200, 'ok')],
		[forged('end', 'previous-execution'), answer(500, 'already_ended')],
		[forged('end', 'previous-execution')],
	] as const)
		expect(broken(...until('idle'), scene)).toContain('should be refused with a 4xx');
});

it.each([
	[399, false],
	[400, true],
	[499, true],
	[500, false],
] as const)('a refusal is a 4xx: %d', (status, is) => {
	const refused: Scene = [forged('mark', 'none'), answer(status, 'refused_credentials')];
	if (is) expect(broken(...until('runs'), refused)).toBeNull();
	else expect(broken(...until('runs'), refused)).toContain('should be refused with a 4xx');
});

it('is violated when a forged request moves the clock', () => {
	const moves: Scene = [
		forged('mark', 'none'),
		answer(401, 'refused_credentials'),
		seen({ minute: 1 }),
	];
	expect(broken(...until('runs'), moves)).toContain('it changed the app server');
});

it('is put to the test by what has not the right secrets only', () => {
	expect(tested(...until('granted'))).toEqual([]);
	const right: Scene = [{ ...forged('mark', 'none'), credentials: 'right' }, task('a', granted)];
	expect(tested(...until('runs'), right)).toEqual([]);
	expect(tested(...until('granted'), [MONITOR, task('a', { mark: 'none' })])).toEqual([]);
});

it('is violated when a forged request with the right secrets of one task marks another one', () => {
	const right = { ...forged('mark', 'none'), credentials: 'right' } as const;
	const bRuns: Scene = [MONITOR, task('b', { status: 'started', host: 'g' })];
	expect(broken(...until('runs'), bRuns, [right, task('b', granted)])).toContain(
		'The mark of execution 0 of "b" became granted at a forged request',
	);
});

it('is violated when a late mark of an older execution marks the live one', () => {
	const late: Scene[] = [
		[MONITOR, task('a', { status: 'started', host: 'h' }), inFlight(request('mark', A0))],
		[delivered('request', 'mark'), task('a', { mark: 'granted' })],
	];
	expect(broken(...until('idle'), ...late)).toContain(
		'no mark with the secrets of it and its host had arrived',
	);
});

it('judges what a host that is gone asks for in a crash, too', () => {
	const gone: Scene = [
		{ kind: 'host-goes', host: 'h' },
		host('h', { agent: 'dead', away: 'gone', execution: null, doing: { kind: 'idle' } }),
		inFlight(request('mark', A0)),
	];
	const crashes = (...changes: Change[]): Scene => [
		{ kind: 'server-crashes', message: { leg: 'request', route: 'mark' }, commit: 'after' },
		seen({ server: 'down' }),
		inFlight(),
		...changes,
	];
	expect(tested(...until('runs'), gone, crashes())).toEqual(['whole']);
	expect(broken(...until('runs'), gone, crashes(task('a', granted)))).toContain(
		'The mark of host "h", which was taken away before, should change nothing, but it changed a task',
	);
});

const asks: Details & { retryable: true } = { ...FAILED, retryable: true };
const over = { status: 'failed', details: FAILED } as const;

/** Some process on the host posts a status, or the script of a command does before it fails; the end carries what was posted last. */
const posts = (change: { retryable?: true }, hostId = 'h'): Scene => [
	{
		kind: 'status-posted',
		host: hostId,
		posted: { status: 'failed', should_continue: false, ...change },
	},
];
const scriptPosts: Scene = [
	{ kind: 'command-ends', host: 'h', outcome: 'failed' },
	host('h', { posted: { status: 'failed', should_continue: false, retryable: true } }),
];
const endsBy = (details: Details, ref = A0): Scene[] => [
	[MONITOR, inFlight(request('end', ref, details))],
	[delivered('request', 'end'), task('a', { ...over, mark: 'granted' })],
];
const NOBODY = 'nobody had asked for it except some process on host "h", which showed no secret';

it('lets an end mark its execution that asks for it', () => {
	expect(broken(...until('runs'), ...endsBy(asks))).toBeNull();
	expect(broken(...until('runs'), ...endsBy(FAILED))).toContain('had arrived');
});

it('is violated when an end marks its execution because some process on the host posted that', () => {
	expect(broken(...until('runs'), posts({ retryable: true }), ...endsBy(asks))).toContain(NOBODY);
	expect(broken(...until('runs'), posts({}), ...endsBy(asks))).toBeNull();
	expect(broken(...until('runs'), posts({ retryable: true }, 'g'), ...endsBy(asks))).toBeNull();
	const twice = [posts({ retryable: true }), posts({ retryable: true })];
	expect(broken(...until('runs'), ...twice, ...endsBy(asks))).toContain(NOBODY);
	const other = [posts({ retryable: true }), posts({})];
	expect(broken(...until('runs'), ...other, ...endsBy(asks))).toContain(NOBODY);
});

it('lets the script of a flagged command that fails ask after it', () => {
	const process = posts({ retryable: true });
	expect(broken(...until('runs'), process, scriptPosts, ...endsBy(asks))).toBeNull();
	expect(broken(...until('runs'), scriptPosts, process, ...endsBy(asks))).toContain(NOBODY);
	const passes: Scene = [{ kind: 'command-ends', host: 'h', outcome: 'succeeded' }];
	expect(broken(...until('runs'), process, passes, ...endsBy(asks))).toContain(NOBODY);
	const beats: Scene = [{ kind: 'heartbeat-sent', host: 'h' }];
	expect(broken(...until('runs'), process, beats, ...endsBy(asks))).toContain(NOBODY);
});

it('remembers who posted by task and by execution', () => {
	const A1 = { task: 'a', execution: 1 };
	const again: Scene = [
		MONITOR,
		task('a', { status: 'started', host: 'h' }),
		host('h', { assigned: A1, execution: A1, doing: running('main') }),
	];
	const late = endsBy(asks, A1);
	expect(broken(...until('idle'), again, posts({ retryable: true }), ...late)).toContain(NOBODY);
	const before = [...until('runs'), posts({ retryable: true }), ...until('idle').slice(5)];
	expect(broken(...before, again, ...late)).toBeNull();
	expect(
		broken(...until('idle'), again, posts({ retryable: true }), scriptPosts, ...late),
	).toBeNull();
	const asked = [...until('runs'), posts({ retryable: true }), scriptPosts];
	expect(broken(...asked, ...until('idle').slice(5), again, ...late)).toBeNull();

	const B0 = { task: 'b', execution: 0 };
	const bRuns: Scene = [
		MONITOR,
		task('b', { status: 'started', host: 'g' }),
		host('g', { assigned: B0, execution: B0, doing: running('main') }),
	];
	const byB = posts({ retryable: true }, 'g');
	const byA = posts({ retryable: true });
	expect(broken(...until('runs'), bRuns, byB, ...endsBy(asks))).toBeNull();
	expect(broken(...until('runs'), bRuns, byA, byB, ...endsBy(asks))).toContain(NOBODY);
	expect(broken(...until('runs'), bRuns, byB, byA, scriptPosts, ...endsBy(asks))).toBeNull();
	expect(
		broken(...until('runs'), bRuns, byA, byB, ...until('idle').slice(5), again, ...late),
	).toBeNull();
	const bAgain = [bRuns[0], task('b', { status: 'started', host: 'g', execution: 1 })] as const;
	const B1 = { task: 'b', execution: 1 };
	const onG = host('g', { assigned: B1, execution: B1, doing: running('main') });
	const bEnds: Scene[] = [
		[MONITOR, inFlight({ ...request('end', B1, asks), host: 'g' })],
		[delivered('request', 'end'), task('b', { ...over, mark: 'granted' })],
	];
	expect(broken(...until('runs'), [...bAgain, onG], byB, byA, ...bEnds)).toContain(
		'nobody had asked',
	);
	expect(broken(...until('runs'), [...bAgain, onG], byA, ...bEnds)).toBeNull();
});
