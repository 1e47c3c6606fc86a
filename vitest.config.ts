import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { withProcesses } from './packaging/levels/levels.ts';
import { WaitingFirst } from './packaging/levels/waiting-first.ts';

const rooms = ['model', 'impl', 'properties', 'scenarios', 'reports', 'cli', 'packaging'];
const all = `{${rooms.join()}}/**/*`;

/** Tests that start servers, databases, agents or compilers as real processes or a browser, or explore millions of steps: minutes, not seconds. */
const real = [
	'impl/host/{agent-host,guardian,kill,shell,task-group,unrendered}.test.ts',
	'impl/http/{fuzz,serve}.test.ts',
	'impl/simulated/sql.test.ts',
	'impl/store/sql/*.test.ts',
	'impl/live/*.test.ts',
	'properties/live/*.test.ts',
	'properties/systems/live*.test.ts',
	'cli/{agent,ci,review-page,run,serve,submit,terminals,tour-live}.test.ts',
	'reports/{page,explorer}/browser.test.ts',
	'reports/explorer/tasks.test.ts',
	'packaging/{package,sources}.test.ts',
	'properties/designs/{fifth-design,trial}.test.ts',
	'model/checker/mistakes/mistakes.test.ts',
	'model/checker/retry/{reached,symmetry,together}.test.ts',
	'model/checker/promela/spin.test.ts',
	'model/checker/configurations/configurations.test.ts',
];
/** Tests that put something in the place of a module, which files that share their modules would see. */
const mocking = rooms.flatMap((room) =>
	readdirSync(new URL(room, import.meta.url), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.test.ts'))
		.map((file) => `${room}/${file}`)
		.filter((file) => readFileSync(new URL(file, import.meta.url), 'utf8').includes('vi.mock(')),
);
/** What runs leave, and the copies that mutants are tried on. */
const LEFT = 'reports/out/**';
const exclude = [...configDefaults.exclude, LEFT, ...(withProcesses ? [] : real)];

export default defineConfig({
	test: {
		projects: [
			{
				extends: true,
				test: {
					name: 'together',
					include: [`${all}.test.ts`],
					exclude: [...exclude, ...mocking],
					// Loading, and compiling at run time, once a worker and not once a file: a third of the time.
					isolate: false,
					globalSetup: 'packaging/testing/setup.ts',
				},
			},
			{ extends: true, test: { name: 'alone', include: mocking, exclude } },
		],
		pool: 'threads',
		// One fewer, as it is unless told, would be a single one on a small machine. The real tests often wait for
		// processes of their own: with one worker more the processor does not.
		maxWorkers: availableParallelism() + (withProcesses ? 1 : 0),
		sequence: { sequencer: WaitingFirst },
		// Random stories and spawned processes take seconds on a busy machine; they bound themselves.
		testTimeout: 30_000,
		coverage: {
			provider: 'v8',
			include: [`${all}.{ts,tsx}`],
			exclude: ['**/*.test.ts', 'reports/page/client/**'],
			reporter: ['text', 'json-summary'],
		},
	},
});
