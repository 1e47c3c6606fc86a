import type { ReadProject } from '../import/import.ts';
import type { WrittenTask } from '../import/written.ts';
import type { Place } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';

/** Why a task that is listed on a variant never runs there, or is never restarted, and by which key. */
export type Never = {
	readonly why: 'disabled' | 'merge queue' | 'no requester';
	readonly place: Place;
};

/** A task on a variant that lists it. */
export type Instance = {
	readonly task: WrittenTask;
	readonly variant: string;
	readonly group: string | null;
	readonly never: Never | null;
};

/** Who may ask for a version, under the names that project files have for them. */
const REQUESTERS = [
	'patch',
	'github_pr',
	'github_merge_queue',
	'commit',
	'trigger',
	'ad_hoc',
	'github_tag',
];
const PATCHES: readonly string[] = ['patch', 'github_pr', 'github_merge_queue'];

/** What decides it. */
const KEYS = [
	'disable',
	'allowed_requesters',
	'patchable',
	'patch_only',
	'allow_for_git_tag',
	'git_tag_only',
];
type Keys = ReadonlyMap<string, YamlValue>;

export function instancesOf({ whole, variants }: ReadProject): Instance[] {
	const tasks = new Map(
		whole.tasks.map((task) => [task.name, { task, keys: decidingIn(task.item) }]),
	);
	return variants.flatMap((variant) => {
		const keys = decidingIn(variant.item);
		return [...variant.runs].flatMap(([name, { group, entry }]): Instance[] => {
			const found = tasks.get(name);
			if (found === undefined) return [];
			// What is said nearest counts: in the list of the variant, by the task, by the variant.
			const said = [...decidingIn(entry.item), ...found.keys, ...keys];
			const never = said.length === 0 ? null : neverOf(said);
			return [{ task: found.task, variant: variant.name, group: group ?? null, never }];
		});
	});
}

/** The keys of a task, variant or entry, if some of them decide it. */
function decidingIn(item: YamlValue): Keys[] {
	const keys = item.mapping();
	// A definition of many variants has no such keys of its own.
	if (keys === undefined || keys.has('matrix_name')) return [];
	return KEYS.some((key) => keys.has(key)) ? [keys] : [];
}

function neverOf(said: readonly Keys[]): Never | null {
	const first = (key: string): YamlValue | undefined =>
		said.map((keys) => keys.get(key)).find((value) => value?.isNothing === false);
	const disable = first('disable');
	if (disable?.truth() === true) return { why: 'disabled', place: disable.keyPlace };
	const listed = said
		.map((keys) => keys.get('allowed_requesters'))
		.find((value) => (value?.list() ?? []).length > 0);
	if (listed !== undefined) {
		const names = (listed.list() ?? []).map((name) => name.text() ?? '');
		// The server warns of others, and matches them with no version.
		const known = names.filter((name) => REQUESTERS.includes(name));
		if (known.some((name) => name !== 'github_merge_queue')) return null;
		const why = known.length === 0 ? 'no requester' : 'merge queue';
		return { why, place: listed.keyPlace };
	}
	const [patchable, patchOnly, forTags, tagsOnly] = [
		first('patchable'),
		first('patch_only'),
		first('allow_for_git_tag'),
		first('git_tag_only'),
	];
	const asked = REQUESTERS.filter((who) =>
		PATCHES.includes(who) ? patchable?.truth() !== false : patchOnly?.truth() !== true,
	).filter((who) =>
		who === 'github_tag' ? forTags?.truth() !== false : tagsOnly?.truth() !== true,
	);
	const key = tagsOnly ?? patchOnly ?? patchable;
	return asked.length > 0 || key === undefined
		? null
		: { why: 'no requester', place: key.keyPlace };
}
