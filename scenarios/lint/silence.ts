import { type Comment, commentsOf } from '../yaml/comments.ts';
import { problemAt } from '../yaml/problem.ts';
import { type Finding, type IGNORE_RULES, RULES, type RuleId } from './finding.ts';
import { nearNames } from './near-names.ts';

const WORD = 'mulligan-ignore';
const WRITTEN = /^#\s*mulligan-ignore(?![\w-])\s*([^\s:]*)(?:\s*:(.*)|.*)$/s;

/** A comment that silences: `# mulligan-ignore <rule>: <reason>`. */
type Ignore = {
	readonly file: string;
	readonly comment: Comment;
	/** The line of which it speaks. */
	readonly target: number;
	readonly rule: string;
	readonly reason: string;
};

/**
 * Marks the findings that a comment silences: one behind what stands on the line of the finding, or one alone on the
 * line before it, where several may stand. Adds what is wrong with such comments.
 */
export function silence(
	findings: readonly Finding[],
	sources: ReadonlyMap<string, string>,
): Finding[] {
	const ignores = [...sources].flatMap(([file, text]) => ignoresOf(file, text));
	if (ignores.length === 0) return [...findings];
	const valid = ignores.filter(({ rule, reason }) => isRule(rule) && reason !== '');
	const reasons = new Map(valid.map((one) => [keyOf(one.file, one.target, one.rule), one.reason]));
	const marked = findings.map((finding) => {
		const silenced = reasons.get(keyOf(finding.file, finding.line, finding.rule));
		return silenced === undefined ? finding : { ...finding, silenced };
	});
	const used = new Set(
		marked
			.filter(({ silenced }) => silenced !== undefined)
			.map(({ file, line, rule }) => keyOf(file, line, rule)),
	);
	const faults = ignores.flatMap((one) => faultOf(one, used, findings));
	return [...marked, ...faults];
}

const keyOf = (file: string, line: number, rule: string): string => `${line}:${rule}:${file}`;

const isRule = (name: string): name is RuleId => RULES.some((rule) => rule === name);

function ignoresOf(file: string, text: string): Ignore[] {
	// To look for comments takes as long as to parse.
	if (!text.includes(WORD)) return [];
	const comments = commentsOf(text);
	const alone = new Set(comments.filter((one) => one.alone).map(({ line }) => line));
	return comments.flatMap((comment) => {
		const [, rule, reason = ''] = WRITTEN.exec(comment.text.trimEnd()) ?? [];
		if (rule === undefined) return [];
		let target = comment.line;
		if (comment.alone) while (alone.has(target)) target++;
		return [{ file, comment, target, rule, reason: reason.trim() }];
	});
}

/** What is wrong with a comment: that it silences nothing is said last. */
function faultOf(
	{ file, comment, target, rule, reason }: Ignore,
	used: ReadonlySet<string>,
	findings: readonly Finding[],
): Finding[] {
	const fault = (
		id: (typeof IGNORE_RULES)[number],
		severity: 'warning' | 'note',
		message: string,
		remedy: string,
	): Finding[] => [
		{
			...problemAt({ file, line: comment.line, column: comment.column }, message, remedy),
			rule: id,
			severity,
			related: [],
		},
	];
	if (!isRule(rule)) {
		const near = nearNames(rule, RULES);
		return fault(
			'ignore-unknown-rule',
			'warning',
			rule === '' ? 'this comment names no rule' : `there is no rule "${rule}"`,
			near.length === 0
				? `write # ${WORD} <rule>: <reason>, with the rule that stands behind the finding`
				: `write ${near.join(' or ')}`,
		);
	}
	if (reason === '')
		return fault(
			'ignore-without-reason',
			'warning',
			'a comment silences nothing without a reason',
			`write # ${WORD} ${rule}: <reason>`,
		);
	if (!used.has(keyOf(file, target, rule))) {
		const [near] = findings
			.filter((one) => one.file === file && one.rule === rule && one.line !== target)
			.map(({ line }) => line)
			.toSorted((one, other) => Math.abs(one - target) - Math.abs(other - target));
		return fault(
			'unused-ignore',
			'note',
			`no finding of ${rule} in line ${target}: the comment silences nothing`,
			near === undefined ? 'take it out' : `take it out, or move it to line ${near}, which has one`,
		);
	}
	return [];
}
