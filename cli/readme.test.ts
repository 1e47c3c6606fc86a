import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configurations } from '../model/checker/configurations/index.ts';
import { belongsTo } from '../model/checker/configurations/sized.ts';
import { guarantees } from '../model/guarantees/index.ts';
import { WITNESSES } from '../model/guarantees/situations.ts';
import { CANARIES } from '../properties/deviations/canaries.ts';
import { checkOf, evidenceOf, sourceOf } from '../reports/testing/evidence.ts';
import { OUT } from '../reports/write.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { folderOf } from '../scenarios/testing/folder.ts';
import { CORPUS, SCENARIOS } from './shipped.ts';
import { fits } from './testing/shown.ts';
import { verifyLines } from './verify-lines.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');
const guide = readFileSync(`${root}/docs/guide.md`, 'utf8');

/** The commands shown in blocks of console, each with the lines shown below it. */
function transcripts(page: string): { command: string; lines: string[] }[] {
	return [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(([, command, shown]) => ({
		command: command ?? '',
		lines: (shown ?? '').split('\n').filter((line) => line !== '' && line !== '…'),
	}));
}

describe('what the README shows', () => {
	it.each(transcripts(readme))(
		'is what "$command" prints',
		async ({ command, lines }) => {
			const [program = '', ...args] = command.split(' ');
			const { stdout } = await promisify(execFile)(program, args, { cwd: root });
			const printed = stdout.split('\n');
			let from = 0;
			for (const line of lines) {
				const at = printed.findIndex((one, index) => index >= from && fits(line, one));
				expect(at, `"${line}" is printed, after what is shown before it`).toBeGreaterThanOrEqual(
					from,
				);
				from = at + 1;
			}
		},
		30_000,
	);

	it('is what npm run verify prints, in the profile that it has', () => {
		const [, shown = ''] =
			/`npm run verify` takes [\s\S]*?```text\n([\s\S]*?)```/.exec(readme) ?? [];
		const lines = shown.split('\n');
		const counted = (name: string, stories: number, note: string | null = null) =>
			sourceOf({ name, stories, note });
		const tour = {
			...({ extent: 'every step', taken: 90, of: 158_396, most: 90, anew: 1 } as const),
			...({ ending: 'limit', seconds: 1, finding: null } as const),
		};
		const evidence = evidenceOf({
			profile: 'standard',
			guarantees: guarantees.map(({ id, name }) => ({
				...{
					id,
					name,
					statement: '',
					witness: '',
					fairness: null,
					verdict: 'holds' as const,
					reason: null,
				},
				...{
					exercised: 9,
					stories:
						new Map([
							['S16', 2],
							['C4', 3],
							['S6', 4],
						]).get(id) ?? 9,
				},
			})),
			canary: { ...evidenceOf().canary, name: CANARIES[0]?.name ?? '', stories: 5, events: 6 },
			machines: [{ machine: 'all', transitions: 183, taken: 183, missing: [] }],
			situations: WITNESSES.slice(0, 2).map(({ name, sentence, guarantee, half }) => ({
				...{ name, sentence, guarantee, half },
				...{ certain: 3, stories: 3, events: 3 },
			})),
			sources: [
				counted('corpus', readdirSync(CORPUS).length),
				counted('scenarios', readdirSync(SCENARIOS).length),
				counted('flagged commands', 10),
				counted('generated projects', 428),
				counted('example', 323, '4 of 4 tasks in the file have a flagged command'),
			],
			checks: configurations
				.filter((sized) => belongsTo(sized, 'standard'))
				.map(({ name }) => checkOf({ configuration: name, tour })),
		});
		const around = { file: null, reviewed: 'reports/out/review.html  reports/out/review.md' };
		const written = ['evidence.json', 'summary.md', 'junit.xml'].map((name) => `${OUT}/${name}`);
		const trial = {
			on_variants: 7,
			flags: [33, 64, 119].map((line) => ({
				...{ at: `example:${line}:7`, verdict: null, price: null },
				runs: [
					{
						...{ block: 'main' as const, among: 'alone' as const },
						...{ can_fail: true, background: true },
						told: { fails: 1, 'fails, then aborted': 1 },
						story: null,
					},
				],
			})),
			left_out: [],
		};
		const counts = {
			...{ flags: 3, work: 2, partly: 0, idle: 1, uncalled: 0 },
			...{ idle_groups: 0, idle_blocks: 0 },
		};
		const project = evidence.project && {
			...{ ...evidence.project, file: 'example', warnings: ['one'] },
			...{ tasks: 4, trial, counts },
		};
		const said = verifyLines({ ...evidence, project }, { ...around, written, verbose: false });
		const printed = said.join('\n').split('\n');
		expect(printed).toHaveLength(lines.length - 1);
		for (const [at, line] of printed.entries())
			expect(fits(lines[at] ?? '', line), line).toBe(true);
	});

	it('names scripts of the package only', () => {
		const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
			scripts: Record<string, string>;
		};
		for (const [, name = ''] of readme.matchAll(/npm run (?:-s )?([\w:-]+)/g))
			expect(Object.keys(scripts)).toContain(name);
	});
});

describe('what the guide shows', () => {
	it('is what a scenario can have', () => {
		const [, text = ''] = guide.match(/```yaml\n(project:[\s\S]*?)```/) ?? [];
		const head = 'mulligan: 1\nname: shown\nshows: [S1]\nabout: It is shown.\n';
		const path = folderOf({ 'shown.yml': `${head}${text}expect: {}\n` });
		expect(loadScenario(`${path}/shown.yml`)).toMatchObject({ kind: 'loaded' });
	});
});
