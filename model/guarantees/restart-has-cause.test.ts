import { expect, it } from 'vitest';
import { restartHasCause } from './restart-has-cause.ts';
import { A0, after, archivedA0, restartedA, running, SUCCESS, until } from './testing/flaky.ts';
import {
	delivered,
	host,
	inFlight,
	judgeScenes,
	reply,
	request,
	type Scene,
	setupToJudge,
	task,
} from './testing/seen.ts';

it('holds when a flagged command failed, its mark was granted and the execution failed', () => {
	expect(judgeScenes(restartHasCause, setupToJudge(), until('idle'))).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('counts a background command whose failure is noticed when the foreground command succeeds', () => {
	const setup = setupToJudge({
		project: {
			id: 'p',
			tasks: [
				{
					name: 'test',
					commands: [
						{ command: 'server', background: true, retry_on_failure: true },
						{ command: 'client' },
					],
				},
			],
		},
	});
	const position = { block: 'main', step: 0, member: null } as const;
	const noticed: Scene[] = [
		[
			delivered('reply', 'start'),
			host('h', { doing: running('main', 1), background: [position] }),
			inFlight(),
		],
		[{ kind: 'background-fails', host: 'h', position }, host('h', { background: [] })],
		[
			{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
			host('h', { doing: { kind: 'calling', route: 'mark', sent: 1 } }),
			inFlight(request('mark', A0)),
		],
	];
	const scenes = [...until('started'), ...noticed, ...after('fails')];
	expect(judgeScenes(restartHasCause, setup, scenes)).toMatchObject({ broken: null, exercised: 1 });
	const [begun, , ended] = noticed;
	const unheard = [begun, ended].filter((scene) => scene !== undefined);
	expect(
		judgeScenes(restartHasCause, setup, [...until('started'), ...unheard, ...after('fails')])
			.broken,
	).toContain('no command with retry_on_failure had failed it');
});

it('is violated when a success is restarted', () => {
	const history = [{ ...archivedA0, details: SUCCESS }];
	const restarted: Scene = [
		delivered('request', 'end'),
		task('a', { ...restartedA, history }),
		inFlight(reply('end', A0, 200, 'ok')),
	];
	const judged = judgeScenes(restartHasCause, setupToJudge(), [...until('callsEnd'), restarted]);
	expect(judged.broken).toBe(
		'execution 0 of "a" ended in success, which is never restarted automatically, but execution 1 was started.',
	);
});

it('is violated when no mark was granted', () => {
	const scenes = until('callsEnd').filter((_, index) => index !== 6);
	const restarted: Scene = [delivered('request', 'end'), task('a', restartedA)];
	expect(judgeScenes(restartHasCause, setupToJudge(), [...scenes, restarted]).broken).toContain(
		'no mark of it was granted',
	);
});

it('is violated when the command that failed has no flag', () => {
	const setup = setupToJudge({
		project: { id: 'p', tasks: [{ name: 'test', commands: [{ command: 'x' }] }] },
	});
	expect(judgeScenes(restartHasCause, setup, until('idle')).broken).toContain(
		'no command with retry_on_failure',
	);
});
