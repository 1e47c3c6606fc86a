import { expect, it } from 'vitest';
import { idempotent } from './idempotent.ts';
import { A0, until } from './testing/flaky.ts';
import {
	answer,
	type Change,
	delivered,
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
