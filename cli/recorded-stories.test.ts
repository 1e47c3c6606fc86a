import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CheckEvidence } from '../reports/evidence/check-evidence.ts';
import { judgeChecks } from '../reports/judging/check.ts';
import { checkOf } from '../reports/testing/evidence.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout } = surroundEachTest();

test('a check without a story leaves open what was not put to the test', async () => {
	const checks = [checkOf()];
	const file = join(folder, 'check.json');
	const evidence = CheckEvidence.parse({
		...{ format: 'mulligan check', version: 1, mulligan: '0.1.0', created_at: '2024-02-29' },
		...{ profile: 'quick', node: 'v20.0.0', seconds: 1, memory_bytes: 1, machines: [] },
		configurations: ['blocks'],
		...judgeChecks({ checks, whole: false, shard: null }),
	});
	expect(evidence.verdict).toBe('holds');
	writeFileSync(file, JSON.stringify(evidence));
	expect(await exitStatus(['replay', file])).toBe(3);
	expect(stdout.join('\n')).toMatch(/^unknown: there is no story to replay in /);
});
