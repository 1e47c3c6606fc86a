import { expect, it } from 'vitest';
import { flagOnCommands } from './flag-on-commands.ts';
import { calling, running, until } from './testing/flaky.ts';
import { halvesAt } from './testing/halves.ts';
import {
	delivered,
	groupOf,
	host,
	inFlight,
	judgeScenes,
	type Scene,
	seen,
	setupToJudge,
} from './testing/seen.ts';

/** A function whose only command has the flag, or whose only call has it. */
const withFlagOn = (where: 'member' | 'call') =>
	setupToJudge({
		project: {
			id: 'p',
			tasks: [{ name: 'test', commands: [{ func: 'f', retry_on_failure: where === 'call' }] }],
			functions: { f: [{ command: 'shell.exec', retry_on_failure: where === 'member' }] },
		},
	});
const flags = [{ task: 'test', block: 'main' as const, step: 0, func: 'f' }];
const starts = (ignored = flags): Scene[] => [
	...until('started').map(
		([event, ...changes]): Scene => [event, ...changes, seen({ ignored_flags: ignored })],
	),
	[delivered('reply', 'start'), host('h', { doing: running('main', 0, 0) }), inFlight()],
];
const fails = until('fails').slice(5);
const goesOn: Scene = [
	{ kind: 'command-ends', host: 'h', outcome: 'failed' },
	host('h', { doing: running('post') }),
];

it('holds when the flag of a member counts', () => {
	const judged = judgeScenes(flagOnCommands, withFlagOn('member'), [...starts([]), ...fails]);
	expect(judged).toMatchObject({ broken: null, exercised: 1 });
});

it('is violated when the flag of a member does not count', () => {
	const judged = judgeScenes(flagOnCommands, withFlagOn('member'), [...starts([]), goesOn]);
	expect(judged.broken).toContain(
		'The flagged command "shell.exec" (member 0 of the call at main command 0)',
	);
});

it('holds when the flag of a call has no effect and is reported', () => {
	const judged = judgeScenes(flagOnCommands, withFlagOn('call'), [...starts(), goesOn]);
	expect(judged).toMatchObject({ broken: null, exercised: 2 });
});

it('is violated when the flag of a call counts', () => {
	const judged = judgeScenes(flagOnCommands, withFlagOn('call'), [...starts(), ...fails]);
	expect(judged.broken).toContain('The flag stands on the call, not on the command "shell.exec"');
});

it('is violated when the flag of a call is not reported, or no longer', () => {
	expect(judgeScenes(flagOnCommands, withFlagOn('call'), starts([])).broken).toContain(
		'"f" at main command 0',
	);
	const silenced: Scene = [{ kind: 'monitor-runs' }, seen({ ignored_flags: [] })];
	expect(judgeScenes(flagOnCommands, withFlagOn('call'), [...starts(), silenced]).broken).toContain(
		'0 are reported',
	);
});

it('names the group in which the flag of a call stands', () => {
	const grouped = groupOf({ teardown_group: [{ func: 'f', retry_on_failure: true }] });
	expect(judgeScenes(flagOnCommands, grouped, until('asks')).broken).toContain(
		'"f" at "grp" teardown_group command 0',
	);
	const found = { task: null, group: 'grp', block: 'teardown_group' as const, step: 0, func: 'f' };
	const reported = until('asks').map(
		([event, ...changes]): Scene => [event, ...changes, seen({ ignored_flags: [found] })],
	);
	expect(judgeScenes(flagOnCommands, grouped, reported)).toMatchObject({
		broken: null,
		exercised: 1,
	});
});

it('tells what puts it to the test: a call with the flag, or a member that fails', () => {
	const halves = (setup: ReturnType<typeof withFlagOn>, ...scenes: Scene[]) =>
		halvesAt(flagOnCommands, setup, scenes);
	const [first] = starts();
	if (first === undefined) throw new Error('there is no scene');
	expect(halves(withFlagOn('call'), first)).toEqual(['call']);
	expect(halves(withFlagOn('call'), ...starts())).toEqual([]);
	expect(halves(withFlagOn('member'), ...starts([]))).toEqual([]);
	expect(halves(withFlagOn('member'), ...starts([]), ...fails.slice(0, 1))).toEqual(['member']);
	expect(halves(withFlagOn('call'), ...starts(), goesOn)).toEqual(['call', 'member']);
	const nowhere = setupToJudge({
		project: {
			id: 'p',
			tasks: [{ name: 'test', commands: [{ func: 'f' }] }],
			functions: { f: [{ command: 'shell.exec' }] },
		},
	});
	expect(halves(nowhere, ...starts([]), goesOn)).toEqual([]);
});

it('says of which execution a flag counted that stands on the call', () => {
	expect(judgeScenes(flagOnCommands, withFlagOn('call'), [...starts(), ...fails]).broken).toBe(
		'The flag stands on the call, not on the command "shell.exec" (member 0 of the call at main command 0) of execution 0 of "a", but its failure made the agent on host "h" ask for a restart.',
	);
});

it('counts the flag of a member that runs in the background, when its failure is noticed', () => {
	const behind = setupToJudge({
		project: {
			id: 'p',
			tasks: [{ name: 'test', commands: [{ func: 'f' }, { command: 'client' }] }],
			functions: { f: [{ command: 'server', background: true, retry_on_failure: true }] },
		},
	});
	const position = { block: 'main', step: 0, member: 0 } as const;
	const scenes: Scene[] = [
		...until('started'),
		[delivered('reply', 'start'), host('h', { doing: running('main', 1) }), inFlight()],
		[{ kind: 'background-fails', host: 'h', position }],
	];
	const ends = (doing: ReturnType<typeof running> | ReturnType<typeof calling>): Scene => [
		{ kind: 'command-ends', host: 'h', outcome: 'succeeded' },
		host('h', { doing }),
	];
	expect(halvesAt(flagOnCommands, behind, [...scenes, ends(calling('mark'))])).toEqual(['member']);
	expect(judgeScenes(flagOnCommands, behind, [...scenes, ends(running('post'))]).broken).toContain(
		'The flagged command "server"',
	);
});
