import { plural } from '../../model/vocabulary/plural.ts';
import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { problemAt } from '../yaml/problem.ts';
import type { Rule } from './finding.ts';
import { eachOnce, grouped, writtenSteps } from './flags.ts';

/**
 * The commands that the deployed agent has: agent/command/registry.go as last stored (0540802baa), and
 * what docs/Project-Configuration/Project-Commands.md has beyond it (01993c2a6d).
 */
export const COMMANDS: ReadonlySet<string> = new Set([
	'archive.auto_extract',
	'archive.auto_pack',
	'archive.targz_extract',
	'archive.targz_pack',
	'archive.zip_extract',
	'archive.zip_pack',
	'attach.artifacts',
	'attach.results',
	'attach.xunit_results',
	'cache.restore',
	'cache.save',
	'downstream_expansions.set',
	'ec2.assume_role',
	'expansions.update',
	'expansions.write',
	'generate.tasks',
	'git.apply_patch',
	'git.get_project',
	'github.generate_token',
	'gotest.parse_files',
	'host.create',
	'host.list',
	'json.send',
	'keyval.inc',
	'manifest.load',
	'papertrail.trace',
	'perf.send',
	's3.get',
	's3.put',
	's3Copy.copy',
	'setup.initial',
	'shell.exec',
	'subprocess.exec',
	'test_selection.get',
	'timeout.update',
]);

/** Commands that the agent does not have: one finding a name. */
export const unknownCommand: Rule = ({ whole }) => {
	const unknown = writtenSteps(whole).flatMap(({ step, item, place }) =>
		isFunctionCall(step) || COMMANDS.has(step.command)
			? []
			: [{ name: step.command, place: item.get(['command'])?.place ?? place }],
	);
	return [...grouped(unknown, ({ name }) => name)].flatMap(([name, those]) => {
		const [place, ...related] = eachOnce(those.map((one) => one.place));
		if (place === undefined) return [];
		const often = related.length === 0 ? '' : `, used in ${plural(related.length + 1, 'place')}`;
		const near = nearest(name);
		return [
			{
				...problemAt(
					place,
					`there is no command "${name}"${often}: the server refuses the project`,
					near === null ? 'write one of the commands that the agent has' : `write ${near}`,
				),
				rule: 'unknown-command',
				severity: 'error',
				related,
			},
		];
	});
};

/** The command that has the same letters, or starts or ends like it. */
function nearest(name: string): string | null {
	const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
	const wanted = letters(name);
	const [, last = ''] = name.split(/[._](?=[^._]*$)/);
	return (
		[...COMMANDS].find((one) => letters(one) === wanted) ??
		[...COMMANDS].find((one) => distance(letters(one), wanted) <= 2) ??
		[...COMMANDS].find((one) => last.length > 3 && one.endsWith(`.${last}`)) ??
		null
	);
}

/** How many letters must be put in, taken out or replaced. */
function distance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (const [line, letter] of [...one].entries()) {
		const next = [line + 1];
		for (const [column, here] of [...other].entries())
			next.push(
				Math.min(
					(row[column] ?? 0) + (letter === here ? 0 : 1),
					(row[column + 1] ?? 0) + 1,
					(next[column] ?? 0) + 1,
				),
			);
		row = next;
	}
	return row[other.length] ?? 0;
}
