import { plural } from '../../model/vocabulary/plural.ts';
import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { REGISTERED_COMMANDS } from '../../model/vocabulary/registered-commands.ts';
import { problemAt } from '../yaml/problem.ts';
import type { Rule } from './finding.ts';
import { eachOnce, grouped, writtenSteps } from './flags.ts';
import { nearNames } from './near-names.ts';

/** Commands that the agent does not have: one finding a name. */
export const unknownCommand: Rule = ({ whole }) => {
	const unknown = writtenSteps(whole).flatMap(({ step, item, place }) =>
		isFunctionCall(step) || REGISTERED_COMMANDS.has(step.command)
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

/** The command that has the same letters, or nearly, or the same last word. */
function nearest(name: string): string | null {
	const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
	const known = [...REGISTERED_COMMANDS];
	const last = name.split(/[._]/).at(-1) ?? '';
	return (
		known.find((one) => letters(one) === letters(name)) ??
		nearNames(name, known)[0] ??
		known.find((one) => last.length > 3 && one.endsWith(`.${last}`)) ??
		null
	);
}
