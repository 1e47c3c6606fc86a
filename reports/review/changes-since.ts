import type { Evidence } from '../evidence/evidence.ts';
import type { Verdict } from '../evidence/verdict.ts';
import { listed } from '../wording/figures.ts';

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
		added: once([...after.values()].filter(({ key }) => !before.has(key))),
		resolved: once([...before.values()].filter(({ key }) => !after.has(key))),
		open: once([...after.values()].filter(({ key }) => before.has(key))),
		verdicts: [...ids]
			.map((id) => ({ id, was: verdict(old, id), is: verdict(now, id) }))
			.filter(({ was, is }) => was !== is),
	};
}

/** Something wrong, and the configuration of the checker that shows it; null: a story of a source does. */
interface Found extends Issue {
	readonly guarantee: string;
	readonly configuration: string | null;
}

/** What is wrong, by what it is and not by the story that happened to show it. */
function issuesOf({ findings, checks }: Evidence): Map<string, Found> {
	const issues = [
		...findings.map(({ kind, guarantee, sentence }) => {
			const key = guarantee ?? kind;
			return { key, guarantee: key, configuration: null, sentence };
		}),
		...checks.flatMap(({ configuration, violations }) =>
			violations.map(({ guarantee, sentence }) => ({
				key: `${guarantee} in configuration ${configuration}`,
				guarantee,
				configuration,
				sentence,
			})),
		),
	];
	return new Map(issues.map((issue) => [issue.key, issue] as const));
}

/** A promise that several configurations break is told once, with all of them. */
function once(issues: readonly Found[]): Issue[] {
	const by = new Map<string, Found[]>();
	for (const issue of issues) {
		const same = issue.configuration === null ? issue.key : `${issue.guarantee} in configurations`;
		by.set(same, [...(by.get(same) ?? []), issue]);
	}
	return [...by.values()].flatMap((same) => {
		const [first] = same;
		if (first === undefined) return [];
		const names = same.flatMap(({ configuration }) => configuration ?? []);
		const key =
			names.length < 2 ? first.key : `${first.guarantee} in configurations ${listed(names)}`;
		return [{ key, sentence: first.sentence }];
	});
}
