import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FuzzEvidence } from '../reports/evidence/fuzz-evidence.ts';
import { exitStatus, surroundEachTest } from './testing/in-process.ts';

const { folder, stdout, stderr } = surroundEachTest();
const SERVER = ['--system', 'evergreen-server-953ae91'];

const fuzz = (until: number, ...args: readonly string[]): Promise<unknown> =>
	exitStatus(['fuzz', '--workers', '1', '--output', join(folder, 'out'), ...args], { until });

const state = (): FuzzEvidence =>
	JSON.parse(readFileSync(join(folder, 'out/fuzz.json'), 'utf8')) as FuzzEvidence;

test('where nothing is found it says what was tried, and goes on', async () => {
	expect(await fuzz(8, '--seed', '1')).toBe(0);
	expect(stdout.join('\n')).toMatch(
		/^nothing found: in 8 random stories, which is no proof \(model and reference, seed 1\)\n/,
	);
	expect(stdout.join('\n')).toMatch(
		/\ntried {5}8 stories, \d+ events, 0 finds, \d+ of \d+ situations, \d+ of \d+ transitions\n/,
	);
	expect(stdout.join('\n')).toContain('again with: npx mulligan fuzz --time 10m --seed 1 --output');
	expect(await fuzz(12, '--json')).toBe(0);
	expect(stdout).toHaveLength(2);
	expect(JSON.parse(stdout.at(-1) ?? '')).toMatchObject({ stories: 12, verdict: 'nothing found' });
	expect(state()).toMatchObject({ stories: 12, next: 12, seed: 1 });
});

test('several workers tell the same stories', async () => {
	expect(await fuzz(4, '--seed', '1')).toBe(0);
	const { seconds: _, ...alone } = state();
	rmSync(join(folder, 'out'), { recursive: true });
	expect(await fuzz(4, '--seed', '1', '--workers', '2')).toBe(0);
	expect(state()).toMatchObject(alone);
});

test('what is found is a scenario that fails where it was found, and nowhere else', async () => {
	expect(await fuzz(2, ...SERVER, '--seed', '28')).toBe(1);
	const { finds } = state();
	expect(stdout.join('\n')).toMatch(/^violated: \d+ different failures, of \d+ promises \(/);
	expect(readdirSync(join(folder, 'out')).sort()).toEqual(
		['fuzz.json', ...finds.flatMap(({ scenario }) => scenario ?? [])].sort(),
	);
	for (const { scenario, guarantee, token } of finds) {
		const file = join(folder, 'out', scenario ?? '');
		expect(stdout.join('\n')).toContain(`replay ${file} --on ${SERVER[1]}`);
		expect(stdout.join('\n')).toContain(`replay ${token} --on ${SERVER[1]}`);
		const replayed = stdout.length;
		expect(await exitStatus(['replay', file, '--on', SERVER[1] ?? ''])).toBe(1);
		expect(stdout.slice(replayed).join('\n')).toContain(guarantee);
		expect(await exitStatus(['replay', file])).toBe(0);
	}
});

test('Ctrl-C keeps what was found, and is no answer where nothing was', async () => {
	const asked = fuzz(Number.MAX_SAFE_INTEGER, '--seed', '1');
	setTimeout(() => process.emit('SIGINT', 'SIGINT'), 300);
	expect(await asked).toBe(3);
	expect(stdout.join('\n')).toMatch(/^interrupted: /);
	const { stories, left, next } = state();
	expect(stories).toBeGreaterThan(0);
	expect(left).toEqual([[stories, next]]);
});

test('a campaign of something else is refused with what to do', async () => {
	await fuzz(4, '--seed', '1');
	expect(await fuzz(8, ...SERVER, '--seed', '2')).toBe(2);
	const said = stderr.join('\n');
	expect(said).toContain(
		'a campaign of system model and reference lies here, not of evergreen-server-953ae91 (ask for the same, or move ',
	);
	expect(said).toContain('a campaign of seed 1 lies here, not of 2');
	expect(await fuzz(8, '--shard', '1/2')).toBe(2);
	expect(stderr.join('\n')).toContain('a campaign of part 1/1 lies here, not of 1/2');
	expect(state().stories).toBe(4);
});

test.each(['{', '{"format":"mulligan evidence"}', '[]'])(
	'a damaged state is refused and stays: %s',
	async (text) => {
		await fuzz(1);
		const file = join(folder, 'out/fuzz.json');
		writeFileSync(file, text);
		expect(await fuzz(8)).toBe(2);
		expect(stderr.join('\n')).toMatch(
			/fuzz\.json: not .*\(move .*fuzz\.json away, or give another folder with --output, to begin anew\)/,
		);
		expect(readFileSync(file, 'utf8')).toBe(text);
	},
);

test('a scenario that is there already is never written over', async () => {
	await fuzz(2, ...SERVER, '--seed', '28');
	const [first] = state().finds;
	const file = join(folder, 'out', first?.scenario ?? '');
	writeFileSync(file, 'mine');
	const evidence = join(folder, 'out/fuzz.json');
	writeFileSync(evidence, JSON.stringify({ ...state(), finds: [], next: 0, stories: 0 }));
	expect(await fuzz(2, ...SERVER)).toBe(1);
	expect(state().finds).toHaveLength(2);
	expect(readFileSync(file, 'utf8')).toBe('mine');
	expect(existsSync(evidence)).toBe(true);
});

test.each(['10', '0s', '-1m', '10d', '999h'])('--time %s is refused', async (time) => {
	expect(await fuzz(1, '--time', time)).toBe(2);
	expect(stderr.join('\n')).toMatch(/expected a time such as 90s, 10m or 8h/);
});
