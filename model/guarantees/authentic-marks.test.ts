import { expect, it } from 'vitest';
import { authenticMarks } from './authentic-marks.ts';
import { A0, granted, until } from './testing/flaky.ts';
import {
	answer,
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
const forged = (route: 'mark' | 'end', credentials: 'none' | 'previous-execution'): Scene[0] => ({
	kind: 'request-forged',
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
