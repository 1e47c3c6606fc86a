import { expect, test } from 'vitest';
import { postgresIsMissing } from '../impl/testing/postgres.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { stdout } = surroundEachTest();

test('real processes take a sample of the steps, or a part of it', async () => {
	const on = postgresIsMissing === null ? 'live-postgres' : 'live';
	expect(await exitStatus(['tour', 'unanswered', '--on', on, '--shard', '1/10'], {})).toBe(0);
	expect(stdout.join('\n').split('\n')).toEqual([
		'unknown: this is part 1 of 10; the others take the other steps (unanswered, profile quick, part 1 of 10)',
		'',
		'tour      4 of 7,211 steps taken by the live system',
		'',
		`unknown: this is part 1 of 10; the others take the other steps; again with: npx mulligan tour unanswered --profile quick --on ${on} --shard 1/10`,
	]);
}, 120_000);
