import { isFunctionCall } from '../../model/vocabulary/project.ts';
import { SWITCH } from '../import/steps.ts';
import type { WrittenStep } from '../import/written.ts';
import type { Place } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import type { Edit, Finding, RuleId } from './finding.ts';
import { eachOnce, FLAG, flagPlace, grouped, isFlagged, keyOf, writtenSteps } from './flags.ts';
import type { LintedProject } from './linted-project.ts';
import type { Use } from './uses.ts';

/** Rules whose findings can be mended by taking flags off. */
const FIXABLE: ReadonlySet<RuleId> = new Set<RuleId>(['flag-on-call', 'flag-in-block']);

/** Keys at the top of a file that the server reads. Under others anchors are kept. */
const READ: ReadonlySet<string> = new Set([
	'axes',
	'buildvariants',
	'commit_queue_aliases',
	'containers',
	'functions',
	'git_tag_aliases',
	'github_checks_aliases',
	'github_pr_aliases',
	'include',
	'modules',
	'parameters',
	'patch_aliases',
	'post',
	'pre',
	'task_groups',
	'tasks',
	'timeout',
]);

/**
 * Adds a fix to findings that are mended by taking flags off, where every use of these flags is idle so that nothing
 * changes on the server, and nothing is lost that was meant: on calls of functions that have the flag inside, and in
 * blocks that can never fail a task.
 */
export function withFixes(findings: readonly Finding[], project: LintedProject): Finding[] {
	if (!findings.some(({ rule }) => FIXABLE.has(rule))) return [...findings];
	const steps = grouped(writtenSteps(project.whole).filter(isFlagged), (step) =>
		keyOf(flagPlace(step)),
	);
	const isIdle = idleIn(project);
	const idle = new Map([...steps].filter(([, those]) => those.every(isIdle)));
	if (idle.size === 0) return [...findings];
	const read = readsOf(project);
	/** What takes the flag of a place off, or why it stays. */
	const editOf = (place: string): Edit | string => {
		const those = idle.get(place);
		if (those === undefined) return 'it may do something elsewhere';
		// Such as variables into which it is merged.
		if (read.get(place) !== those.length) return 'an alias or merge key leads to it from elsewhere';
		const value = those[0]?.item.mapping()?.get(FLAG);
		const cut = value?.cut();
		if (value === undefined || cut === undefined)
			return 'more than its line would change, or an anchor be lost';
		return { file: value.keyPlace.file, ...cut, text: '' };
	};
	return findings.map((finding) => {
		if (!FIXABLE.has(finding.rule)) return finding;
		const flags = eachOnce([finding, ...finding.related]).filter((one) => steps.has(keyOf(one)));
		if (!flags.some((one) => idle.has(keyOf(one)))) return finding;
		const fix: Edit[] = [];
		const stays: (Place & { why: string })[] = [];
		for (const { file, line, column } of flags) {
			const place = { file, line, column };
			const edit = editOf(keyOf(place));
			if (typeof edit === 'string') stays.push({ ...place, why: edit });
			else fix.push(edit);
		}
		return {
			...finding,
			...(fix.length === 0 ? {} : { fix }),
			...(stays.length === 0 ? {} : { stays }),
		};
	});
}

/** Whether the flag of a step does nothing wherever the step stands, and would do nothing there with other switches. */
function idleIn({ whole, uses, extent }: LintedProject): (step: WrittenStep) => boolean {
	const functions = new Map(whole.functions.map(({ name, commands }) => [name, commands]));
	const usesOf = grouped(uses, ({ command }) => command);
	const isForNothing = ({ spot: { block }, entry, command }: Use): boolean =>
		block !== 'main' &&
		SWITCH[block] === null &&
		// A file that was not read may call its function too.
		(entry === command || extent === 'whole');
	return (step) => {
		if (isFunctionCall(step.step)) return functions.get(step.step.func)?.some(isFlagged) ?? false;
		const those = usesOf.get(step) ?? [];
		return those.length > 0 && those.every(isForNothing);
	};
}

/** How often the server comes by each place of the flag, by whatever way. */
function readsOf({ files }: LintedProject): Map<string, number> {
	const reads = new Map<string, number>();
	const walk = (value: YamlValue): void => {
		for (const [key, inner] of value.mapping() ?? []) {
			if (key === FLAG) {
				const place = keyOf(inner.keyPlace);
				reads.set(place, (reads.get(place) ?? 0) + 1);
			}
			walk(inner);
		}
		for (const item of value.list() ?? []) walk(item);
	};
	for (const { root } of files)
		for (const [key, value] of root.mapping() ?? []) if (READ.has(key)) walk(value);
	return reads;
}
