import { expect, test } from 'vitest';
import { GROUP_BLOCKS, Project } from '../../model/vocabulary/project.ts';
import { playable } from './playable.ts';

const steps = [{ command: 's3.get', background: true }, { command: 's3.put' }, { func: 'f' }];
const BLOCKS = ['pre', 'timeout', 'post'] as const;

test('what runs in the background is a shell, in every block of a project and of its groups', () => {
	const project = Project.parse({
		id: 'p',
		functions: { f: [{ command: 's3.get', background: true }] },
		tasks: [{ name: 't', commands: steps }],
		...Object.fromEntries(BLOCKS.map((block) => [block, steps])),
		task_groups: [
			{
				name: 'g',
				tasks: ['t'],
				max_hosts: 1,
				...Object.fromEntries(GROUP_BLOCKS.map((block) => [block, steps])),
			},
		],
	});
	const { functions, tasks, task_groups, ...made } = playable(project);
	const [group] = task_groups ?? [];
	const shell = { command: 'shell.exec', background: true };
	const all = [
		tasks[0]?.commands,
		...BLOCKS.map((block) => made[block]),
		...GROUP_BLOCKS.map((block) => group?.[block]),
	];
	for (const block of all)
		expect(block).toMatchObject([shell, { command: 's3.put' }, { func: 'f' }]);
	expect(functions?.['f']).toMatchObject([shell]);
	expect(group).toMatchObject({ name: 'g', max_hosts: 1 });
});
