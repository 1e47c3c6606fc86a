import { expect, it } from 'vitest';
import { flagDefault } from './flag-default.ts';
import { running, until } from './testing/flaky.ts';
import { host, judgeScenes, type Scene, setupToJudge } from './testing/seen.ts';

const setup = setupToJudge({
	project: { id: 'p', tasks: [{ name: 'test', commands: [{ command: 'shell.exec' }] }] },
});

it('holds when the failure of a command without the flag leads to no mark', () => {
	const goesOn: Scene = [
		{ kind: 'command-ends', host: 'h', outcome: 'failed' },
		host('h', { doing: running('post') }),
	];
	expect(judgeScenes(flagDefault, setup, [...until('runs'), goesOn])).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('is violated when it is marked', () => {
	expect(judgeScenes(flagDefault, setup, until('fails')).broken).toBe(
		'The command "shell.exec" (main command 0) of execution 0 of "a" has no retry_on_failure, but its failure made the agent on host "h" ask for a restart.',
	);
});

it('has nothing to say of a command with the flag', () => {
	expect(judgeScenes(flagDefault, setupToJudge(), until('idle'))).toMatchObject({
		broken: null,
		exercised: 0,
	});
});
