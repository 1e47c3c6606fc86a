import { type RunnerTestCase, TestRunner } from 'vitest';
import { ForgetfulMap, forget } from './forgetful.ts';
import { NATIVE, NONE, switches } from './switches.ts';
import { tell, told } from './told.ts';

/** A mutant that is passed so many times as often as without it, and so often at least, goes round for ever. */
const ROUND = { times: 100, least: 1000 };

/** A test that takes so many times as long as without a mutant, and so long at least, waits for what never comes. */
const WAIT = { times: 100, least_ms: 3000 };

if (NATIVE === undefined) globalThis.WeakMap = ForgetfulMap;

/** Those that are not tried any more. One that hangs would do so again and again. */
const decided = new Set([...told('killed'), ...told('hung')]);

/**
 * Runs each test once as it is, and then once more for each mutant that it came to and that no other has killed. So all
 * mutants of all sources are tried in the time that it takes to run tests, not to start them.
 */
export default class TryingRunner extends TestRunner {
	async runTask(test: RunnerTestCase): Promise<void> {
		const run = TestRunner.getTestFn(test);
		if (NATIVE !== undefined) return run();
		const begun_ms = performance.now();
		const passed = await passedBy(run, test.id);
		const limit_ms = Math.max(WAIT.times * (performance.now() - begun_ms), WAIT.least_ms);
		tell('reached', Object.keys(passed));
		for (const [mutant, times] of Object.entries(passed))
			if (!decided.has(mutant)) await tryMutant(run, mutant, times, limit_ms);
		// Nothing may be left of them.
		await asItIs(run, test.id);
	}

	override onAfterRunFiles(): void {
		super.onAfterRunFiles();
		if (NATIVE === undefined) tell('loaded', Object.keys(switches.mutantCoverage?.static ?? {}));
	}
}

type Run = () => unknown;

async function asItIs(run: Run, id: string): Promise<void> {
	forget();
	switches.activeMutant = NONE;
	switches.currentTestId = id;
	await run();
	switches.currentTestId = undefined;
}

async function passedBy(run: Run, id: string): Promise<Readonly<Record<string, number>>> {
	await asItIs(run, id);
	return switches.mutantCoverage?.perTest[id] ?? {};
}

async function tryMutant(run: Run, mutant: string, times: number, limit_ms: number): Promise<void> {
	forget();
	switches.currentTestId = 'a mutant';
	switches.activeMutant = mutant;
	switches.hitCount = 0;
	switches.hitLimit = Math.max(ROUND.times * times, ROUND.least);
	const waits = waitFor(limit_ms);
	try {
		const isOver = await Promise.race([Promise.resolve(run()).then(() => true), waits.over]);
		if (!isOver) decide('hung', mutant);
	} catch {
		decide(switches.hitCount > switches.hitLimit ? 'hung' : 'killed', mutant);
	}
	waits.stop();
	switches.activeMutant = NONE;
	switches.currentTestId = undefined;
}

function decide(kind: 'hung' | 'killed', mutant: string): void {
	decided.add(mutant);
	tell(kind, [mutant]);
}

function waitFor(duration_ms: number): { over: Promise<false>; stop: () => void } {
	let stop = (): void => {};
	const over = new Promise<false>((resolve) => {
		const timer = setTimeout(() => resolve(false), duration_ms);
		stop = () => clearTimeout(timer);
	});
	return { over, stop };
}
