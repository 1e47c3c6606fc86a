import type { Command } from 'commander';
import { priceOf } from '../properties/explain/price.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { explainedFlags } from '../scenarios/explain/explained-flags.ts';
import { describe } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import { flagLines } from './explain-lines.ts';
import { jsonOption } from './flags.ts';
import { below } from './help.ts';
import { givenProject } from './shipped.ts';

export function addExplain(program: Command): void {
	program
		.command('explain')
		.summary('say what each flag of a project file does, and what it restarts')
		.usage('[options] <project.yml>')
		.description(
			'Goes through every flagged command of a project file: whether its flag works, where, in how many tasks, ' +
				'what restarts when it fails, and what that costs. Runs nothing.',
		)
		.argument('<project.yml>', 'an Evergreen project file; "example" and "flaky" come along')
		.addOption(jsonOption('what it says'))
		.addHelpText('after', below('explain', { examples: [`${MULLIGAN} explain flaky`] }))
		.action(run);
}

function run(file: string, { json }: { json: boolean }): void {
	const project = givenProject(file);
	if (project.kind === 'refused') throw new BadInput(...project.problems.map(describe));
	const flags = explainedFlags(project.imported);
	const price = priceOf(project);
	if (json) console.log(JSON.stringify({ file, flags, price }));
	else for (const line of flagLines({ file, flags, price })) console.log(line);
}
