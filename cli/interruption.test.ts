import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Setup } from '../model/vocabulary/setup.ts';
import { reference } from '../properties/systems/reference.ts';
import type { Run } from '../properties/systems/system.ts';
import { Interruption } from './interruption.ts';
import { endAll, start, startIn, startScript } from './testing/command.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';
import { scenario } from './testing/stories.ts';

const { folder, stdout, stderr } = surroundEachTest();
afterAll(endAll);
vi.setConfig({ testTimeout: 60_000 });

/** Generous: the machine may be busy. Alone, each needs a fraction of a second. */
const HEARD_WITHIN_MS = 5000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LONG = ['check', 'blocks', '--profile', 'deep'];

test('it ends the work, which tells what was found', async () => {
	const running = start(folder, ...LONG);
	await running.says('exploring, depth');
	running.interrupt('SIGINT');
	const began = performance.now();
	await running.says('interrupted: ');
	expect(performance.now() - began).toBeLessThan(HEARD_WITHIN_MS);
	const { code, stdout } = await running.ended;
	expect(code).toBe(3);
	expect(stdout).toContain('unknown: blocks: the search was stopped');
});

test('before a command is loaded it is heard too, where JSON is waited for', async () => {
	// As soon as anything listens: long before the command does.
	const early = `const look = () => process.listenerCount('SIGTERM') > 0 ? process.kill(process.pid, 'SIGTERM') : setImmediate(look); look();`;
	const preload = ['--import', `data:text/javascript,${encodeURIComponent(early)}`];
	const mulligan = join(import.meta.dirname, 'mulligan.mjs');
	const { code, stdout, stderr } = await startScript(
		folder,
		...preload,
		mulligan,
		'check',
		'--json',
	).ended;
	const lines = ['interrupted: before anything was done'];
	expect(JSON.parse(stdout)).toEqual({ error: { kind: 'interrupted', lines, exit: 130 } });
	expect(stderr).toBe(`mulligan: ${lines[0]}\n`);
	expect(code).toBe(130);
});

test.each(['scenarios', 'canary', 'checking'])('verify hears it in its phase %s', async (phase) => {
	// Few stories: what comes before the last phase is not waited for; and more states than are gone through meanwhile.
	const size =
		phase === 'checking' ? ['--profile', 'standard', '--stories', '20'] : ['--profile', 'quick'];
	const running = start(folder, 'verify', '--seed', '1', ...size);
	await running.says(`${phase}: `);
	running.interrupt('SIGTERM');
	const began = performance.now();
	await running.says('interrupted: ');
	expect(performance.now() - began).toBeLessThan(HEARD_WITHIN_MS);
	const { code, stdout } = await running.ended;
	expect(code).toBe(3);
	expect(stdout).toContain('unknown: the verification was interrupted');
});

const FLAKY = join(import.meta.dirname, '../scenarios/projects/flaky.yml');
test.each<[string, string[], string, number]>([
	['designs', ['--profile', 'deep'], 'exploring', 3],
	['simulate', [FLAKY, '--tasks', '40000000', '--days', '1000'], 'day ', 3],
	['export', ['promela', 'blocks', '--profile', 'deep'], 'exploring', 130],
])('%s hears it, and ends', async (command, args, phase, status) => {
	const running = start(folder, command, ...args);
	await running.says(phase);
	running.interrupt('SIGHUP');
	const began = performance.now();
	await running.says('interrupted');
	expect(performance.now() - began).toBeLessThan(HEARD_WITHIN_MS);
	expect((await running.ended).code).toBe(status);
});

test('a replay says at once that it heard it, and ends with what was seen until then', async () => {
	const real = reference();
	const heard: string[] = [];
	const start = async (setup: Setup): Promise<Run> => {
		const run = await real.start(setup);
		return {
			get seen() {
				return run.seen;
			},
			apply: (event) => {
				if (heard.length === 0) {
					process.emit('SIGTERM', 'SIGTERM');
					heard.push(...stderr);
				}
				return run.apply(event);
			},
			stop: () => run.stop(),
		};
	};
	const file = join(folder, 'long.yml');
	const event = '  - hours-pass: 1\n';
	writeFileSync(file, scenario().replace('events:\n', `events:\n${event.repeat(490)}`));
	expect(await exitStatus(['replay', file], { against: { name: 'reference', start } })).toBe(3);
	expect(heard).toEqual([
		'interrupted: telling what was seen until then; once more to stop at once',
	]);
	expect(stdout.join('\n')).toMatch(/\nunknown; again with: .*$/);
	expect(stdout.join('\n').split('\n').length).toBeLessThan(400);
});

test('what asks a server says that it may have done it, and exits 130', async () => {
	const silent = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void silent.close());
	await vi.waitUntil(() => silent.listening);
	const address = silent.address();
	const port = typeof address === 'object' ? address?.port : 0;
	const connected = new Promise((resolve) => silent.once('connection', resolve));
	const env = { MULLIGAN_API_KEY: 'k' };
	const where = ['--api_server', `http://127.0.0.1:${port}`];
	const running = startIn(env, folder, 'host', 'h1', ...where);
	await connected;
	running.interrupt('SIGHUP');
	expect(await running.ended).toMatchObject({
		code: 130,
		stderr: expect.stringContaining('had not answered; it may have done it all the same'),
	});
});

test('a second one ends the process while it is busy', async () => {
	// A loop that gives nobody a turn, once the first signal was heard.
	const script = join(folder, 'busy.mjs');
	const source = join(import.meta.dirname, 'interruption.ts');
	writeFileSync(
		script,
		`import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
register();
const { Interruption } = await import(${JSON.stringify(source)});
const interruption = new Interruption();
console.error('listens');
await new Promise((resolve) => { const t = setInterval(() => { if (interruption.happened) { clearInterval(t); resolve(); } }, 10); });
console.error('is busy');
for (;;);
`,
	);
	for (const signal of SIGNALS) {
		const running = startScript(folder, script);
		await running.says('listens');
		running.interrupt('SIGINT');
		await running.says('is busy');
		running.interrupt(signal);
		expect((await running.ended).signal).toBe(signal);
	}
});

test('once the work is over, signals do what they do by default', () => {
	const before = SIGNALS.map((name) => process.listenerCount(name));
	const interruption = new Interruption();
	expect(SIGNALS.map((name) => process.listenerCount(name))).toEqual(before.map((n) => n + 1));
	interruption.over();
	expect(SIGNALS.map((name) => process.listenerCount(name))).toEqual(before);
});
