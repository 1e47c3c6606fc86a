import { expect, test } from 'vitest';
import { nameOf } from './client/scenario.ts';

test.each([
	[
		'One task whose clone may be retried, an hour passes',
		'one-task-whose-clone-may-be-retried-an-hour-passes',
	],
	['delivered: mark reply (granted) of compile/0', 'delivered-mark-reply-granted-of-compile-0'],
	['Mine.yml', 'mine'],
	['../../etc/passwd', 'etc-passwd'],
	['…', ''],
	[`${'word '.repeat(15)}longer than fits`, `${'word-'.repeat(15).slice(0, -1)}`],
	['x'.repeat(200), 'x'.repeat(80)],
])('a story called %j is saved as %j', (words, name) => {
	expect(nameOf(words)).toBe(name);
});
