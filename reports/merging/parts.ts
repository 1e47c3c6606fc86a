import { basename } from 'node:path';
import type { Shard } from '../evidence/shard.ts';

/** The parts of a run cannot be put together: what is wrong, one line for each. */
export class ForeignParts extends Error {
	override name = 'ForeignParts';
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(problems.join('\n'));
		this.problems = problems;
	}
}

/** Evidence of a part, and the file that holds it. */
export interface Part<Evidence> {
	readonly file: string;
	readonly evidence: Evidence;
}

interface Run {
	readonly shard: Shard | null;
}

/**
 * The parts of one run in their order. `facts`: what all of them must say alike, in words by name.
 *
 * @throws ForeignParts if one is missing, there twice, of another run, or no part at all.
 */
export function inOrder<Evidence extends Run>(
	parts: readonly Part<Evidence>[],
	facts: (evidence: Evidence) => Readonly<Record<string, string>>,
): Evidence[] {
	const problems = parts
		.filter(({ evidence }) => evidence.shard === null)
		.map(({ file }) => `${file}: it is a whole run, not a part of one (made without --shard)`);
	if (problems.length > 0) throw new ForeignParts(problems);
	const [first] = parts;
	if (first === undefined) throw new ForeignParts(['there is nothing to merge']);
	const expected = facts(first.evidence);
	const of = first.evidence.shard?.of ?? 0;
	const found = new Map<number, Part<Evidence>>();
	for (const part of parts) {
		const { shard } = part.evidence;
		if (shard === null) continue;
		if (shard.of !== of) {
			problems.push(
				`${part.file}: it is one of ${shard.of} parts, but ${first.file} is one of ${of}`,
			);
			continue;
		}
		for (const [name, value] of Object.entries(facts(part.evidence)))
			if (value !== expected[name])
				problems.push(
					`${part.file}: its ${name} is ${value}, but that of ${first.file} is ${expected[name]}`,
				);
		const same = found.get(shard.index);
		if (same !== undefined)
			problems.push(`${part.file}: part ${shard.index} of ${shard.of} is also ${same.file}`);
		found.set(shard.index, part);
	}
	const ordered: Evidence[] = [];
	const missing: number[] = [];
	for (let index = 1; index <= of; index++) {
		const part = found.get(index);
		if (part === undefined) missing.push(index);
		else ordered.push(part.evidence);
	}
	if (missing.length > 0)
		problems.push(
			`${basename(first.file)}: of ${of} parts these are missing: ${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ` and ${missing.length - 20} more` : ''}`,
		);
	if (problems.length > 0) throw new ForeignParts(problems);
	return ordered;
}

/**
 * What stood at every place of the whole, from parts that hold each their places in turn. `from`: how many places of
 * the run come before those of the whole.
 */
export function interleaved<Item>(parts: readonly (readonly Item[])[], from = 0): Item[] {
	const turns = parts.map((_, turn) => parts[(from + turn) % parts.length] ?? []);
	const longest = Math.max(0, ...parts.map((part) => part.length));
	return Array.from({ length: longest }, (_, row) =>
		turns.flatMap((part) => {
			const item = part[row];
			return item === undefined ? [] : [item];
		}),
	).flat();
}

/** When the last of the parts was made. */
export const madeLast = (parts: readonly { readonly created_at: string }[]): string =>
	parts.reduce((last, { created_at }) => (created_at > last ? created_at : last), '');

export const sumOf = <Item>(items: readonly Item[], count: (item: Item) => number): number =>
	items.reduce((sum, item) => sum + count(item), 0);

/** What a run says of itself that all its parts share. */
export const sayRun = ({
	mulligan,
	commit,
	allowed,
	profile,
	design,
}: {
	readonly mulligan: string | null;
	readonly commit: string | null;
	readonly allowed: readonly string[];
	readonly profile: string;
	readonly design?: string;
}): Record<string, string> => ({
	version: mulligan ?? 'not known',
	commit: commit ?? 'not known',
	profile,
	...(design === undefined ? {} : { design }),
	'--allow': allowed.length === 0 ? 'none' : [...allowed].sort().join(','),
});
