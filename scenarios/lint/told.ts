import { plural } from '../../model/vocabulary/plural.ts';
import type { Warning } from '../import/warning.ts';
import { type Place, problemAt, wholeFile } from '../yaml/problem.ts';
import type { Finding, Rule, RuleId } from './finding.ts';
import { eachOnce, grouped, keyOf } from './flags.ts';
import type { LintedProject } from './linted-project.ts';
import { listed } from './listed.ts';
import { isOfName } from './names.ts';

/** What was told while the project was read, as findings. Names that may be defined elsewhere are in one of them. */
export const told: Rule = (project) => {
	const { told: warnings, extent } = project;
	const said = (extent === 'whole' ? warnings : warnings.filter((one) => !isOfName(one))).filter(
		({ rule }) => rule !== 'module-include' && rule !== 'missing-include',
	);
	return [
		...missingIncludes(project),
		...[...grouped(said, (one) => `${one.rule} ${keyOf(one)}`).values()].flatMap(once),
		...moduleIncludes(project),
		...part(project),
	];
};

/** One finding for all that one place is to blame for, such as a wait of many tasks for what is not there. */
function once([first, ...others]: readonly Warning[]): Finding[] {
	if (first === undefined) return [];
	const { name: _, message, ...warning } = first;
	const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
	return [{ ...warning, message: `${message}${more}`, related: [] }];
}

/** Files that are not there: the first with what may be defined in them. */
function missingIncludes({ told: warnings }: LintedProject): Finding[] {
	const unknown = undefinedIn(warnings);
	const places = warnings.filter(({ rule }) => rule === 'missing-include');
	return places.map(({ name: _, message, ...warning }, at) => ({
		...warning,
		message: unknown === null || at > 0 ? message : `${message}; ${unknown} may be defined there`,
		related: [],
	}));
}

/** The files of each module that is not at hand. */
function moduleIncludes({ told: warnings, whole }: LintedProject): Finding[] {
	const places = warnings.filter(({ rule }) => rule === 'module-include');
	const includes = whole.includes.flatMap(({ module, filename, place }) =>
		module === null ? [] : [{ module, filename, place }],
	);
	if (places.length === 0) return [];
	const unknown = undefinedIn(warnings);
	return [...grouped(includes, ({ module }) => module)].flatMap(([module, those]) =>
		finding(
			'module-include',
			eachOnce(those.map(({ place }) => place)),
			`${plural(those.length, 'file')} of the module "${module}" ${those.length === 1 ? 'is' : 'are'} not read${unknown === null ? '' : `: ${unknown} may be defined there`}`,
			'what these files define is not judged',
			'note',
		),
	);
}

/** That a file is no project by itself. */
function part({ extent, told: warnings, whole, files }: LintedProject): Finding[] {
	const [root] = files;
	if (extent !== 'part' || root === undefined) return [];
	const unknown = undefinedIn(warnings);
	const missing =
		whole.variants.length + whole.matrices.length === 0
			? 'build variant'
			: whole.tasks.length + whole.groups.length === 0
				? 'task'
				: null;
	const at = [{ ...wholeFile(root.name), line: 1, column: 1 }];
	const remedy = 'name the file that includes it';
	return missing === null
		? finding(
				'only-a-part',
				at,
				`${unknown} are not defined here: this seems to be a part of a project; as a whole one the server refuses it`,
				remedy,
				'warning',
			)
		: finding(
				'only-a-part',
				at,
				`no ${missing} is defined here, so this is a part of a project${unknown === null ? '' : `; ${unknown} are not judged`}`,
				remedy,
				'note',
			);
}

/** What is used and not defined in the files read, in words. */
function undefinedIn(warnings: readonly Warning[]): string | null {
	const each = [...new Set(warnings.flatMap(({ name }) => name ?? []))];
	return each.length === 0 ? null : `${plural(each.length, 'name')} used here (${listed(each)})`;
}

function finding(
	rule: RuleId,
	[place, ...related]: readonly Place[],
	message: string,
	remedy: string,
	severity: Finding['severity'],
): Finding[] {
	return place === undefined
		? []
		: [{ ...problemAt(place, message, remedy), rule, severity, related }];
}
