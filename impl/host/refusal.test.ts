import { expect, test } from 'vitest';
import { refusal } from './refusal.ts';

test.each([
	['git.get_projct', undefined, `command 'git.get_projct' is not registered`],
	['toString', undefined, `command 'toString' is not registered`],
	['shell.exec', 'shell: bash', `parsing parameters for command 'shell.exec': params.script: `],
	[
		'subprocess.exec',
		'silent: perhaps',
		`parsing parameters for command 'subprocess.exec': params.silent: `,
	],
	[
		'git.get_project',
		'revisions: {}',
		`parsing parameters for command 'git.get_project': params.directory: must not be blank`,
	],
])('%s with the parameters "%s" cannot be rendered', (command, params_yaml, words) => {
	const why = refusal({ command, ...(params_yaml === undefined ? {} : { params_yaml }) });
	expect(why).toContain(words);
});

test.each([
	['s3.put', undefined],
	['shell.exec', 'script: "${script}"\nsilent: "${silent}"'],
	['git.get_project', 'directory: "${directory}"'],
])(
	'%s with the parameters "%s" can be, whatever its expansions come to',
	(command, params_yaml) => {
		expect(refusal({ command, ...(params_yaml === undefined ? {} : { params_yaml }) })).toBeNull();
	},
);
