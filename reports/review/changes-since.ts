import type { Evidence } from '../evidence.ts';
import type { Verdict } from '../verdict.ts';

/** Something wrong that one evidence has or both have. */
export interface Issue {
	readonly key: string;
	readonly sentence: string;
}

export interface ChangesSince {
	readonly added: readonly Issue[];
	readonly resolved: readonly Issue[];
	readonly open: readonly Issue[];
	/** Guarantees whose verdict is another one now; null: there was or is none. */
	readonly verdicts: readonly {
		readonly id: string;
		readonly was: Verdict | null;
		readonly is: Verdict | null;
	}[];
}

/** What changed from the evidence that was accepted to that of today. */
export function changesSince(old: Evidence, now: Evidence): ChangesSince {
	const before = issuesOf(old);
	const after = issuesOf(now);
	const verdict = ({ guarantees }: Evidence, id: string): Verdict | null =>
		guarantees.find((one) => one.id === id)?.verdict ?? null;
	const ids = new Set([...old.guarantees, ...now.guarantees].map(({ id }) => id));
	return {
		added: [...after.values()].filter(({ key }) => !before.has(key)),
		resolved: [...before.values()].filter(({ key }) => !after.has(key)),
		open: [...after.values()].filter(({ key }) => before.has(key)),
		verdicts: [...ids]
			.map((id) => ({ id, was: verdict(old, id), is: verdict(now, id) }))
			.filter(({ was, is }) => was !== is),
	};
}

/** What is wrong, by what it is and not by the story that happened to show it. */
function issuesOf({ findings, checks }: Evidence): Map<string, Issue> {
	const issues = [
		...findings.map(({ kind, guarantee, sentence }) => ({ key: guarantee ?? kind, sentence })),
		...checks.flatMap(({ configuration, violations }) =>
			violations.map(({ guarantee, sentence }) => ({
				key: `${guarantee} in configuration ${configuration}`,
				sentence,
			})),
		),
	];
	return new Map(issues.map((issue) => [issue.key, issue] as const));
}
