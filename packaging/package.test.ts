import { execFileSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../impl/testing/until.ts';
import { Evidence } from '../reports/evidence/evidence.ts';
import { nodeOf } from './testing/node.ts';
import { Place } from './testing/place.ts';
import { printedCommands } from './testing/printed.ts';

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');
const STORY = 'a-transient-clone-failure-is-retried-once';
/** What npx finds, for those that a signal ends: npx has exit statuses of its own then. */
const MULLIGAN = 'node_modules/.bin/mulligan';
/** It prints itself as the command that gives the same again. */
const VERIFY = 'npx mulligan verify --profile quick --seed 1';
const TIMEOUT = { timeout: 240_000 };

const home = mkdtempSync(join(tmpdir(), 'mulligan-package-'));
const newFolder = (name: string): string => {
	const folder = join(home, name);
	mkdirSync(folder);
	return folder;
};

/** An empty folder in which the package was installed. */
const installed = new Place(newFolder('installed'));
/** A folder in which `npx mulligan` is that of the checkout. */
const checkout = new Place(newFolder('checkout'));

let tarball = '';
let files: string[] = [];

beforeAll(async () => {
	const args = ['pack', '--json', '--pack-destination', home];
	const [packed] = JSON.parse(
		execFileSync('npm', args, {
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'inherit'],
		}),
	) as { filename: string; files: { path: string }[] }[];
	files = packed?.files.map(({ path }) => path) ?? [];
	tarball = join(home, packed?.filename ?? '');
	writeFileSync(join(installed.folder, 'package.json'), '{ "private": true, "type": "commonjs" }');
	const { code, stderr } = await installed.run(
		`npm install --no-audit --no-fund --prefer-offline ${tarball}`,
	);
	expect({ code, stderr: stderr.replaceAll(/^npm warn.*\n/gm, '') }).toEqual({
		code: 0,
		stderr: '',
	});
	mkdirSync(join(checkout.folder, 'node_modules/.bin'), { recursive: true });
	symlinkSync(join(ROOT, 'cli/mulligan.mjs'), join(checkout.folder, 'node_modules/.bin/mulligan'));
}, 240_000);

afterAll(() => rmSync(home, { recursive: true, force: true }), 60_000);

/** All that was printed and written for people to read, of which each command must work. */
const shown: string[] = [];

/** Runs a command where the package is installed, and keeps what it shows. */
async function shows(command: string): Promise<{ code: number | null; stdout: string }> {
	const { code, stdout, stderr } = await installed.run(command);
	expect(stderr).not.toMatch(/this is a bug|\n\s+at /);
	shown.push(stdout);
	return { code, stdout };
}

const report = (name: string): string =>
	readFileSync(join(installed.folder, 'reports/out', name), 'utf8');

describe('the tarball', () => {
	test('holds what is run, its licence and what comes along; no test, no bench, no CI', () => {
		expect(files).toEqual(
			expect.arrayContaining([
				'LICENSE',
				'README.md',
				'package.json',
				'cli/mulligan.mjs',
				'dist/main.mjs',
				'dist/main.mjs.map',
				'dist/types/index.d.ts',
				'dist/migrations/1700000000001_records.sql',
				`scenarios/stories/${STORY}.yml`,
				'scenarios/projects/example.yml',
				'model/guarantees/bounded-restarts.ts',
			]),
		);
		const strange =
			/\.test\.|\.suite\.|(^|\/)(testing|bench|packaging|\.ci)\/|tsconfig|sources\.mjs/;
		expect(files.filter((file) => strange.test(file))).toEqual([]);
	});

	test(
		'installs with nothing missing, and without what only a checkout needs',
		TIMEOUT,
		async () => {
			const { code, stdout } = await installed.run('npm ls --all --parseable');
			expect(code).toBe(0);
			expect(stdout).toContain('node_modules/xstate');
			expect(stdout).not.toMatch(/\/(esbuild|tsx|typescript|vitest)\n/);
		},
	);

	test('is as publint and attw want it', TIMEOUT, async () => {
		const lint = await installed.run(`${BIN}/publint run ${tarball} --strict`);
		expect(lint).toMatchObject({ code: 0 });
		const types = await installed.run(`${BIN}/attw ${tarball} --profile esm-only --no-color`);
		expect(types).toMatchObject({ code: 0 });
	});

	test('is imported by programs, with types', TIMEOUT, async () => {
		const program = `import { Evidence, fromToken, TokenError } from 'mulligan';
try { fromToken('v0.x'); } catch (error) { if (error instanceof TokenError) console.log('refused'); }
const { success }: { success: boolean } = Evidence.safeParse({});
console.log(success);
`;
		writeFileSync(join(installed.folder, 'program.mts'), program);
		writeFileSync(
			join(installed.folder, 'program.mjs'),
			program.replace(': { success: boolean }', ''),
		);
		const strict =
			'--strict --module nodenext --target es2023 --lib es2023,dom --skipLibCheck --noEmit';
		const checked = await installed.run(`${BIN}/tsc ${strict} program.mts`);
		expect(checked).toMatchObject({ code: 0, stdout: '' });
		expect(await installed.run('node program.mjs')).toMatchObject({
			code: 0,
			stdout: 'refused\nfalse\n',
		});
	});
});

describe('the package and a checkout', () => {
	/** Prints what some commands print, one after the other in one process. */
	const program = (main: string): string => `
		const { main } = await import(${JSON.stringify(main)});
		for (const args of JSON.parse(process.argv[1])) await main(args);
	`;
	const NAMES = ['verify', 'check', 'designs', 'simulate', 'export', 'replay', 'review', 'run'];
	const MORE = ['merge', 'serve', 'submit', 'host', 'agent'];
	const asked = [
		['--version'],
		['--help'],
		...[...NAMES, ...MORE].map((name) => [name, '--help']),
		['replay', STORY],
		['replay', '--json', 'a-second-failure-stays-failed'],
		['export', 'promela', 'merge-queue'],
		['check', 'nothing'],
		['verify', '--seed', 'many'],
		['frobnicate'],
	];

	test('are the same program: they print the same, to the letter', TIMEOUT, async () => {
		const argument = `'${JSON.stringify(asked)}'`;
		const run = (place: Place, first: string, main: string) =>
			place.run(`node --input-type=module ${first} -e '${program(main)}' ${argument}`);
		const [built, inPlace] = await Promise.all([
			run(installed, '', join(installed.folder, 'node_modules/mulligan/dist/main.mjs')),
			run(checkout, `--import ${join(ROOT, 'sources.mjs')}`, join(ROOT, 'cli/main.ts')),
		]);
		const stable = (text: string): string =>
			text.replaceAll(/[^\n]*: (exploring|judging)[^\n]*\n/g, '');
		expect(built.stdout).toContain('Usage: mulligan agent');
		// Each names the docs and the scenarios at the place where they are, by which lines break elsewhere.
		const placed = (text: string): string =>
			text
				.replaceAll(/(?<![^\s(])[^\s(]*\/docs\//g, 'docs/')
				.replaceAll(/"file":"[^"]*\/scenarios\//g, '"file":"scenarios/')
				.replaceAll(/\s+/g, ' ');
		expect(built.stdout).toContain('node_modules/mulligan/docs/exit-codes.md');
		expect(placed(built.stdout)).toBe(placed(inPlace.stdout));
		expect(stable(built.stderr)).toBe(stable(inPlace.stderr));
		expect(built.code).toBe(inPlace.code);
	});
});

describe('where the package is installed', () => {
	test('a task is run, and restarted', TIMEOUT, async () => {
		const { code, stdout } = await shows('npx mulligan run flaky unit-test');
		expect(code).toBe(0);
		expect(stdout).toContain('unit-test: success in execution 1');
	});

	test(
		'a server, a user and an agent work together, on a database that stays',
		TIMEOUT,
		async () => {
			const server = installed.start(`${MULLIGAN} serve --port 0`);
			await until('the server serves', () => /shown only now: \S+\n/.test(server.stdout), 60_000);
			const [, key = ''] = /shown only now: (\S+)/.exec(server.stdout) ?? [];
			const [, url = ''] = /serves on (\S+)/.exec(server.stdout) ?? [];
			const env = { MULLIGAN_API_SERVER: url };
			const admin = { ...env, MULLIGAN_API_KEY: key };
			const submitted = await installed.run('npx mulligan submit flaky unit-test --id v1', admin);
			expect(submitted).toMatchObject({ code: 0 });
			const host = await installed.run('npx mulligan host h1', admin);
			expect(host).toMatchObject({ code: 0 });
			const agent = installed.start(
				`${MULLIGAN} agent --api_server ${env.MULLIGAN_API_SERVER} --host_id h1 --working_directory h1 --status_port 0`,
				{ HOST_SECRET: host.stdout.trim() },
			);
			const ends = '"route":"end","task":"v1_linux_unit-test","execution":1,"status":200';
			await until('the task ends again', () => agent.stdout.includes(ends), 60_000);
			agent.signal('SIGINT');
			expect((await agent.ended()).code).toBe(2);
			server.signal('SIGINT');
			expect((await server.ended()).code).toBe(0);
		},
	);

	test('a story is replayed, on live processes too', TIMEOUT, async () => {
		expect(await shows(`npx mulligan replay ${STORY}`)).toMatchObject({ code: 0 });
		expect(await shows(`npx mulligan replay --on live ${STORY}`)).toMatchObject({ code: 0 });
	});

	test('states are gone through, by two threads too, and written for SPIN', TIMEOUT, async () => {
		const { code, stdout } = await shows('npx mulligan check merge-queue --workers 2');
		expect(code).toBe(0);
		expect(stdout).toMatch(/merge-queue +29,845 /);
		expect(await shows('npx mulligan check merge-queue --design rest')).toMatchObject({ code: 1 });
		const exported = await installed.run('npx mulligan export promela merge-queue --output a.pml');
		expect(exported).toMatchObject({ code: 0 });
	});

	test('designs are put on trial until Ctrl-C, and what was found is told', TIMEOUT, async () => {
		const designs = installed.start(`${MULLIGAN} designs --seed 1`);
		await until('a search is on', () => designs.stderr.includes('exploring'), 60_000);
		designs.signal('SIGINT');
		const { code, stdout } = await designs.ended();
		expect(code).toBe(3);
		// What it left is gone once a later run is whole: it is played while it is there.
		const [replay] = printedCommands(stdout).filter((command) => command.includes(PARTIAL));
		if (replay !== undefined) expect([0, 1]).toContain((await installed.run(replay)).code);
		shown.push(stdout);
	});

	test('a simulation, a verification and the review of all are made', TIMEOUT, async () => {
		const simulated = await shows('npx mulligan simulate example --tasks 4000 --days 10');
		expect([0, 3]).toContain(simulated.code);
		expect(await shows(VERIFY)).toMatchObject({ code: 0 });
		expect(Evidence.parse(JSON.parse(report('evidence.json')))).toMatchObject({
			verdict: 'holds',
			project: { file: 'example' },
		});
		const whole = join(ROOT, 'docs/example-evidence/designs.json');
		cpSync(whole, join(installed.folder, 'reports/out/designs.json'));
		expect(await shows('npx mulligan review')).toMatchObject({ code: 0 });
		const page = report('review.html');
		expect(page).toMatch(/<script>[^<]{500}/);
		// A scenario that is saved in the explorer names its schema as whoever has mulligan installed finds it.
		for (const text of [page, report('review.md'), report('summary.md')])
			expect(
				text.replaceAll('node_modules/mulligan/scenarios/scenario.schema.json', ''),
			).not.toContain('node_modules');
		shown.push(report('review.md'), report('summary.md'));
	});
});

describe('what is printed can be pasted back', () => {
	/** What a command says as soon as it has begun to work. */
	const PROGRESS = /^(corpus|scenarios|.*exploring)/m;
	/** Of many of a kind, so many are tried. */
	const SAMPLE = 2;

	/** By what they begin with: each command alone, and replays by token or by name. */
	function byKind(): Map<string, string[]> {
		const kinds = new Map<string, string[]>();
		for (const command of printedCommands(shown.join('\n'))) {
			const [, name = command, token] = /^npx mulligan (\w+)( v\d\.)?/.exec(command) ?? [];
			const kind = token === undefined ? name : `${name} of a token`;
			kinds.set(kind, [...(kinds.get(kind) ?? []), command]);
		}
		return kinds;
	}

	test('each kind of command is among them', () => {
		expect([...byKind().keys()]).toEqual(
			expect.arrayContaining(['replay', 'replay of a token', 'verify', 'designs', 'simulate']),
		);
		expect(byKind().get('verify')).toContain(VERIFY);
	});

	test('short ones end with a verdict, in the package and in a checkout', TIMEOUT, async () => {
		for (const [kind, commands] of byKind()) {
			if (!/^(replay|simulate|review)/.test(kind)) continue;
			const lasting = commands.filter((command) => !command.includes(PARTIAL));
			for (const command of sampled(lasting, SAMPLE)) {
				const ended = await Promise.all([installed.run(command), checkout.run(command)]);
				for (const { code, stderr } of ended) {
					expect([0, 1, 3], `${command}: ${stderr}`).toContain(code);
					expect(stderr, command).not.toContain('bug');
				}
				expect(ended[0]?.code, command).toBe(ended[1]?.code);
			}
		}
	});

	/** Where the package is installed they ran above. */
	const isDone = (command: string): boolean => command === VERIFY || / designs /.test(command);

	test('long ones begin, in the package and in a checkout', TIMEOUT, async () => {
		for (const [kind, commands] of byKind()) {
			if (!/^(verify|designs|check)/.test(kind)) continue;
			for (const command of commands)
				for (const place of isDone(command) ? [checkout] : [installed, checkout]) {
					const typed = place.start(command.replace('npx mulligan', MULLIGAN));
					await until(`${command} works`, () => PROGRESS.test(typed.stderr), 60_000);
					typed.signal('SIGKILL');
					expect((await typed.ended()).code, 'it had not given up').toBeNull();
				}
		}
	});

	test('no command names a file that is not there', () => {
		for (const command of printedCommands(shown.join('\n')))
			for (const [path] of command.matchAll(/(?<= )[\w.-]+\/[\w./-]+/g))
				expect(existsSync(join(installed.folder, path)), command).toBe(true);
	});
});

describe.each([22, 24])('on Node %i', (major) => {
	test(
		'the package says its version, replays, and checks with two threads',
		TIMEOUT,
		async (context) => {
			const node = await nodeOf(major, newFolder(`node-${major}`));
			if (node === null) return context.skip('the registry does not give it');
			const place = new Place(installed.folder, node);
			expect((await place.run('node --version')).stdout).toMatch(`v${major}.`);
			const mulligan = `node ${MULLIGAN}`;
			expect(await place.run(`${mulligan} --version`)).toMatchObject({ code: 0, stderr: '' });
			expect(await place.run(`${mulligan} replay ${STORY}`)).toMatchObject({ code: 0, stderr: '' });
			const checked = await place.run(`${mulligan} check merge-queue --workers 2 --json`);
			expect(checked).toMatchObject({ code: 0, stderr: '' });
		},
	);
});

/** In the name of what an interrupted run leaves. */
const PARTIAL = '.partial.';

/** So many of them, from first to last. */
const sampled = <One>(all: readonly One[], count: number): One[] =>
	all.filter((_, index) => index % Math.ceil(all.length / count) === 0);
