import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../impl/http/serve.ts';
import { MemoryStore } from '../impl/store/memory.ts';
import { Policy } from '../model/vocabulary/setup.ts';
import { Mulligan } from './testing/mulligan.ts';

const PROJECTS = join(import.meta.dirname, '../scenarios/projects');
const FLAKY = join(PROJECTS, 'flaky.yml');
const TIMEOUT = { timeout: 60_000 };

async function stage() {
	const store = new MemoryStore();
	const server = await serve({
		store,
		policy: Policy.parse({}),
		host: '127.0.0.1',
		port: 0,
		monitor_every_s: 60,
		log: pino({ level: 'silent' }),
	});
	onTestFinished(() => server.close());
	const env = { MULLIGAN_API_SERVER: server.url, MULLIGAN_API_KEY: server.adminKey ?? '' };
	const ask = async (args: readonly string[], more: Record<string, string> = {}) => {
		const mulligan = new Mulligan(args, { ...env, ...more });
		return [await mulligan.exit(), mulligan.out, mulligan.err];
	};
	return { store, server, ask };
}

test(
	'tasks of a project file are scheduled with their parameters, and their ids printed',
	TIMEOUT,
	async () => {
		const { store, ask } = await stage();
		expect(await ask(['submit', FLAKY, 'unit-test', 'hangs', '--id', 'v1'])).toEqual([
			0,
			'version v1 of project flaky\n' +
				'task v1_linux_unit-test: "unit-test" on variant "linux"\n' +
				'task v1_linux_hangs: "hangs" on variant "linux"\n',
			'',
		]);
		expect(store.committedTask('v1_linux_hangs')).toMatchObject({ status: 'undispatched' });
		const hangs = store.committedProject('flaky')?.definition.tasks.at(-1);
		expect(hangs?.commands).toMatchObject([{ timeout_secs: 2, retry_on_failure: true }]);
		expect(await ask(['submit', FLAKY, 'lint', '--id', 'v1'])).toEqual([
			2,
			'',
			expect.stringMatching(/^mulligan: .* answers 409: there is a version of this id\n$/),
		]);
	},
);

test('without names all tasks of a variant are scheduled, and no other', TIMEOUT, async () => {
	const { store, ask } = await stage();
	const example = join(PROJECTS, 'example.yml');
	const [code, out] = await ask(['submit', example, '--variant', 'windows', '--id', 'v1']);
	expect(code).toBe(0);
	expect(out).toContain('task v1_windows_compile: "compile" on variant "windows"\n');
	expect(out).not.toContain('lint');
	expect(store.committedTask('v1_windows_unit-test')).toMatchObject({ variant: 'windows' });
});

test.each([
	[['nothing'], 'there is no task "nothing" (there are: unit-test, broken,'],
	[['lint', 'nothing'], 'the task "nothing" is not on the variant "linux"'],
	[['--variant', 'mac'], 'no task is on the variant "mac" (there are: linux)'],
])('what cannot be scheduled (%j) is told in one line', TIMEOUT, async (args, sentence) => {
	const { ask } = await stage();
	const [code, out, err] = await ask(['submit', FLAKY, ...args]);
	expect([code, out]).toEqual([2, '']);
	expect(err).toContain(sentence);
	expect(String(err).trim().split('\n')).toHaveLength(1);
});

test('a host is registered and its secret printed; again, it is another', TIMEOUT, async () => {
	const { store, ask } = await stage();
	const [code, secret] = await ask(['host', 'h 1']);
	expect(code).toBe(0);
	expect(secret).toBe(`${store.committedHost('h 1')?.secret}\n`);
	const [, other] = await ask(['host', 'h 1']);
	expect(other).not.toBe(secret);
});

test('a server that refuses or does not answer is told with a remedy', TIMEOUT, async () => {
	const { ask, server } = await stage();
	expect(await ask(['host', 'h1'], { MULLIGAN_API_KEY: 'wrong' })).toEqual([
		2,
		'',
		expect.stringMatching(/refuses the user "admin" with status 401 \(check --api_key/),
	]);
	expect(await ask(['host', 'h1', '--api_server', `${server.url}/elsewhere`])).toEqual([
		2,
		'',
		expect.stringContaining('answers 404: no such route'),
	]);
	expect(await ask(['host', 'h1'], { MULLIGAN_API_SERVER: 'http://127.0.0.1:1' })).toEqual([
		2,
		'',
		'mulligan: no app server answers at http://127.0.0.1:1 (start one: npx mulligan serve)\n',
	]);
});
