import { join } from 'node:path';
import { expect, test } from 'vitest';
import { built as builtEnvironment } from '../cli/testing/built.ts';
import { Place } from './testing/place.ts';

const MULLIGAN = join(import.meta.dirname, '../cli/mulligan.mjs');

// All other tests start what was built of the sources (`testing/setup.ts`).
test.each([
	'replay --on live a-transient-clone-failure-is-retried-once',
	'check merge-queue --workers 2',
])(
	'a checkout runs its sources in place as it runs what was built of them: %s',
	{ timeout: 120_000 },
	async (args) => {
		const place = new Place(import.meta.dirname);
		const run = (env: Readonly<Record<string, string>> = {}) =>
			place.run(`node ${MULLIGAN} ${args}`, env);
		const [built, inPlace] = await Promise.all([run(builtEnvironment()), run()]);
		const stable = (text: string): string => text.replaceAll(/ \d+\.\d /g, '');
		expect(inPlace).toMatchObject({ code: 0, stderr: expect.not.stringContaining('bug') });
		expect(stable(inPlace.stdout)).toBe(stable(built.stdout));
		expect(inPlace.code).toBe(built.code);
	},
);
