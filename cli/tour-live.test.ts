import { expect, test } from 'vitest';
import { postgresIsMissing } from '../impl/testing/postgres.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { stdout } = surroundEachTest();

test('real processes take a sample of the steps, or a part of it', async () => {
	// Where something is held it is held on PostgreSQL only.
	const [on, name] =
		postgresIsMissing === null ? ['live-postgres', 'overlap-next'] : ['live', 'unanswered'];
	expect(await exitStatus(['tour', name, '--on', on, '--shard', '1/10'], {})).toBe(0);
	expect(stdout.join('\n').split('\n')).toEqual([
		`unknown: this is part 1 of 10; the others take the other steps (${name}, profile quick, part 1 of 10)`,
		'',
		expect.stringMatching(/^tour {6}4 of [\d,]+ steps taken by the live system$/),
		'',
		`unknown: this is part 1 of 10; the others take the other steps; again with: npx mulligan tour ${name} --profile quick --on ${on} --shard 1/10`,
	]);
}, 120_000);
