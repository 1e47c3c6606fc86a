import { expect, it } from 'vitest';
import { running, until } from './testing/flaky.ts';
import { delivered, host, inFlight, type Scene, setupOf, tell } from './testing/seen.ts';
import { variantsSkip } from './variants-skip.ts';

const setup = setupOf({
	project: {
		id: 'p',
		tasks: [
			{
				name: 'test',
				commands: [
					{ command: 'exe', variants: ['windows'] },
					{ command: 'sh', variants: ['linux'] },
				],
			},
		],
	},
});
const at = (step: number): Scene[] => [
	...until('started'),
	[delivered('reply', 'start'), host('h', { doing: running('main', step) }), inFlight()],
];

it('holds when only the commands of the variant run', () => {
	expect(tell(variantsSkip, setup, at(1))).toMatchObject({ broken: null, mattered: 1 });
	expect(tell(variantsSkip, setupOf(), until('idle'))).toMatchObject({ broken: null, mattered: 0 });
});

it('is violated when a command of another variant runs, in the background too', () => {
	expect(tell(variantsSkip, setup, at(0)).broken).toBe(
		'Host "h" runs main command 0 of execution 0 of "a", but that is no command that is listed for its variant.',
	);
	const background: Scene = [
		{ kind: 'monitor-runs' },
		host('h', { background: [{ block: 'main', step: 0, member: null }] }),
	];
	expect(tell(variantsSkip, setup, [...at(1), background]).broken).toContain('runs main command 0');
});

it('is violated when a command runs that the project does not have', () => {
	expect(tell(variantsSkip, setup, at(7)).broken).toContain('runs main command 7');
});
