import { resolve } from 'node:path';
import { leaves, realPrefix } from '../impl/source/inside.ts';
import { type Source, survey } from '../impl/source/survey.ts';
import { reached } from '../scenarios/import/reached.ts';
import { describe, problemAt } from '../scenarios/yaml/problem.ts';
import { BadInput } from './exit.ts';
import type { TaskAlone } from './task-setup.ts';

const CLONES = 'git.get_project';

/** The source that was given, looked at and told; undefined where none was given and the task needs none. @throws BadInput */
export function sourceFor(
	{ instance, imported }: TaskAlone,
	given: string | undefined,
	say: (line: string) => void,
): Source | undefined {
	if (given !== undefined) {
		const surveyed = survey(given);
		if (surveyed.kind === 'unusable')
			throw new BadInput(`${surveyed.message} (${surveyed.remedy})`);
		say(`${CLONES} gets ${surveyed.what}`);
		return surveyed.source;
	}
	const clones = reached(imported.read.whole, instance).filter(
		({ step }) => 'command' in step && step.command === CLONES,
	);
	const [first] = clones;
	if (first === undefined) return undefined;
	const member = first.func === null ? '' : ` of the function "${first.func}"`;
	throw new BadInput(
		describe(
			problemAt(
				first.place,
				`the task "${instance.task}" clones the project: ${CLONES}${member} has no source here, so nothing is started`,
				'give the folder of the project with --source: of a git repository a clone is made, of another folder a copy',
			),
		),
	);
}

/** A source is only read: nobody works in it, and it does not lie where the work is done. @throws BadInput */
export function keepApart({ folder }: Source, workingDirectory: string): void {
	const work = realPrefix(resolve(workingDirectory)) ?? resolve(workingDirectory);
	if (!leaves(folder, work) || !leaves(work, folder))
		throw new BadInput(
			`the working directory ${workingDirectory} and the source ${folder} lie in each other (give another --working_directory)`,
		);
}
