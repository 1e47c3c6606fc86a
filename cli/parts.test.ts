import { expect, test } from 'vitest';
import { DoubtId } from '../reports/evidence/doubt.ts';
import { MOST_SHARDS } from '../reports/evidence/shard.ts';
import { allowOption, sayShard, shardOf } from './parts.ts';

test.each([
	['1/1', {}, { index: 1, of: 1 }],
	['2/4', {}, { index: 2, of: 4 }],
	[' 4/4 ', {}, { index: 4, of: 4 }],
	[`${MOST_SHARDS}/${MOST_SHARDS}`, {}, { index: MOST_SHARDS, of: MOST_SHARDS }],
	['index/3', { JOB_COMPLETION_INDEX: '0' }, { index: 1, of: 3 }],
	['index/3', { JOB_COMPLETION_INDEX: '2' }, { index: 3, of: 3 }],
	// Whoever counts for himself is not overruled.
	['2/3', { JOB_COMPLETION_INDEX: '0' }, { index: 2, of: 3 }],
] as const)('the part %j with %j is %j', (text, env, shard) => {
	expect(shardOf(text, env)).toEqual(shard);
});

test.each([
	['', {}, 'expected a part such as 2/4'],
	['2', {}, 'expected a part such as 2/4'],
	['1/2/3', {}, 'expected a part such as 2/4'],
	['-1/2', {}, 'expected a part such as 2/4'],
	['1.5/2', {}, 'expected a part such as 2/4'],
	['/4', {}, 'expected a part such as 2/4'],
	['0/4', {}, 'there is no part 0 of 4'],
	['5/4', {}, 'there is no part 5 of 4'],
	['1/0', {}, 'there is no part 1 of 0'],
	[`1/${MOST_SHARDS + 1}`, {}, `at most ${MOST_SHARDS}`],
	['index/2', {}, 'JOB_COMPLETION_INDEX, which is not set'],
	['index/2', { JOB_COMPLETION_INDEX: 'x' }, 'JOB_COMPLETION_INDEX, which is not set'],
	['index/2', { JOB_COMPLETION_INDEX: '' }, 'JOB_COMPLETION_INDEX, which is not set'],
	['index/2', { JOB_COMPLETION_INDEX: '2' }, 'there is no part 3 of 2'],
] as const)('the part %j with %j is refused: %s', (text, env, said) => {
	expect(() => shardOf(text, env)).toThrow(said);
});

test('reasons of unknown are taken by their ids, and others are refused with those that there are', () => {
	const parsed = (text: string): unknown => allowOption().parseArg?.(text, []);
	expect(parsed('never-exercised')).toEqual(['never-exercised']);
	expect(parsed('never-mattered')).toEqual(['never-exercised']);
	expect(parsed('never-exercised, unrested')).toEqual(['never-exercised', 'unrested']);
	for (const text of ['', 'violated', 'never-exercised,', 'Never-Exercised']) {
		expect(() => parsed(text), text).toThrow('there is no reason "');
		expect(() => parsed(text), text).toThrow(DoubtId.options.join(', '));
	}
});

test('a part is said, the whole is not', () => {
	expect(sayShard(undefined)).toBe('');
	expect(sayShard({ index: 2, of: 4 })).toBe(', part 2 of 4');
});
