import { itemsOf } from '../import/read-scalars.ts';
import { problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import type { Finding, Rule } from './finding.ts';
import { FLAG, keyOf, writtenSteps } from './flags.ts';
import type { LintedProject } from './linted-project.ts';
import { nearNames } from './near-names.ts';

const PROJECT_KEYS = ['pre_error_fails_task', 'post_error_fails_task'];
const GROUP_KEYS = [
	'setup_group_can_fail_task',
	'setup_task_can_fail_task',
	'teardown_task_can_fail_task',
];

/** Every key that is looked for here has it: all others are passed over at once. */
const LIKELY = /fail/i;

/** What is left of a key without what people mix up: blanks, hyphens, capitals, and the s of a verb or plural. */
const core = (key: string): string =>
	key
		.replaceAll(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.replaceAll(/s?(?:[-_ ]|$)/g, '');

const likely = (item: YamlValue): [string, YamlValue][] =>
	[...(item.mapping() ?? [])].filter(([key]) => LIKELY.test(key));

/** Keys that mean one of these and are not written like it: nobody reads them. */
export const misspeltKey: Rule = (project) =>
	each(project, ({ files, whole }) => [
		...writtenSteps(whole).flatMap(({ item }) => misspelt(item, [FLAG])),
		...files.flatMap(({ root }) => [
			...misspelt(root, PROJECT_KEYS),
			...itemsOf(root.mapping()?.get('task_groups')).flatMap((group) =>
				misspelt(group, GROUP_KEYS),
			),
		]),
	]);

function misspelt(item: YamlValue, known: readonly string[]): Finding[] {
	return likely(item).flatMap(([key, value]): Finding[] => {
		if (known.includes(key)) return [];
		const right = known.find((one) => core(one) === core(key)) ?? nearNames(key, known)[0];
		if (right === undefined) return [];
		const problem = problemAt(value.keyPlace, `nobody reads the key "${key}"`, `write ${right}`);
		return [{ ...problem, rule: 'misspelt-key', severity: 'warning', related: [] }];
	});
}

/** The flag, however spelt, where no command is: on the project, a task, a variant, an entry of its list, a group. */
export const misplacedFlag: Rule = (project) =>
	each(project, ({ files }) =>
		files.flatMap(({ root }) => {
			const list = (key: string): YamlValue[] => itemsOf(root.mapping()?.get(key));
			return [
				...misplaced(root, 'the project'),
				...list('tasks').flatMap((task) => misplaced(task, 'a task')),
				...list('task_groups').flatMap((group) => misplaced(group, 'a task group')),
				...list('buildvariants').flatMap((variant) => [
					...misplaced(variant, 'a build variant'),
					...itemsOf(variant.mapping()?.get('tasks')).flatMap((entry) =>
						misplaced(entry, 'an entry of a build variant'),
					),
				]),
			];
		}),
	);

const misplaced = (item: YamlValue, what: string): Finding[] =>
	likely(item)
		.filter(([key]) => core(key) === core(FLAG))
		.map(([key, value]) => ({
			...problemAt(
				value.keyPlace,
				`${key} does nothing on ${what}`,
				'set retry_on_failure on commands, inside functions too',
			),
			rule: 'misplaced-flag',
			severity: 'warning',
			related: [],
		}));

/** Findings, one a place: a merge key or alias may lead there many times. */
const each = (project: LintedProject, find: (project: LintedProject) => Finding[]): Finding[] => [
	...new Map(find(project).map((finding) => [keyOf(finding), finding])).values(),
];
