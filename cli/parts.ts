import { InvalidArgumentError, Option } from 'commander';
import { DoubtId, FORMER_IDS } from '../reports/evidence/doubt.ts';
import { MOST_SHARDS, type Shard } from '../reports/evidence/shard.ts';
import { docsPage } from './docs-page.ts';
import { wholeNumber } from './flags.ts';
import type { Environment } from './seeds.ts';

/** Most stories that can be asked for. */
const MOST_STORIES = 1_000_000_000;

/** `--stories`: as many random ones of each kind, however busy the machine. */
export const storiesOption = (): Option =>
	new Option(
		'--stories <n>',
		'random stories on generated projects, and as many on the given one, however long they take (default: as many as the profile has time for)',
	).argParser(wholeNumber(1, MOST_STORIES));

/** `--shard`: the part of a run that is done here. */
export const shardOption = (env: Environment = process.env): Option =>
	partOption(
		'do part i of n only, which exits with 0 unless something is violated; mulligan merge judges all parts together',
		env,
	);

/** `--shard`, where each part tells of its own and nothing merges them. */
export const loneShardOption = (env: Environment = process.env): Option =>
	partOption('do part i of n only', env);

const partOption = (text: string, env: Environment): Option =>
	new Option(
		'--shard <i/n>',
		`${text}; "index/n" takes i from JOB_COMPLETION_INDEX, which counts from 0`,
	).argParser((given) => shardOf(given, env));

/** `--allow`: reasons of `unknown` that a team decides to live with. */
export const allowOption = (): Option =>
	new Option(
		'--allow <ids>',
		`exit with 0 where nothing but these reasons, separated by commas, makes the verdict unknown (${docsPage('unknown.md')} lists them)`,
	)
		.argParser(doubtIds)
		.default([], 'none');

/** The second of four: `2/4`; where the place comes from a Kubernetes Indexed Job: `index/4`. */
export function shardOf(text: string, env: Environment): Shard {
	const [, place = '', of = ''] = /^(\d+|index)\/(\d+)$/.exec(text.trim()) ?? [];
	if (of === '')
		throw new InvalidArgumentError('expected a part such as 2/4 (the second of four), or index/4');
	const counted = env['JOB_COMPLETION_INDEX'];
	if (place === 'index' && !/^\d+$/.test(counted ?? ''))
		throw new InvalidArgumentError(
			'"index" stands for JOB_COMPLETION_INDEX, which is not set to a number here',
		);
	const index = place === 'index' ? Number(counted) + 1 : Number(place);
	if (Number(of) > MOST_SHARDS || Number(of) < 1 || index < 1 || index > Number(of))
		throw new InvalidArgumentError(
			`there is no part ${index} of ${of} (expected 1 to n of at most ${MOST_SHARDS})`,
		);
	return { index, of: Number(of) };
}

function doubtIds(text: string): DoubtId[] {
	return text.split(',').map((part) => {
		const given = part.trim();
		const id = DoubtId.safeParse(FORMER_IDS.get(given) ?? given);
		if (!id.success)
			throw new InvalidArgumentError(
				`there is no reason "${given}"; known are ${DoubtId.options.join(', ')}`,
			);
		return id.data;
	});
}

/** Which part of a run this is, if it is not the whole. */
export const sayShard = (shard: Shard | undefined): string =>
	shard === undefined ? '' : `, part ${shard.index} of ${shard.of}`;
