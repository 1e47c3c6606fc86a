import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { explorerPage } from '../reports/explorer/page.tsx';
import { browserPath, openBrowser } from '../reports/testing/browser.ts';
import { explorerOf } from '../reports/testing/explorer.ts';
import { stepsPerSecond } from './explorer-steps.ts';

/** The goals: a step in the browser, and the first paint, against the same on Node and an empty page. */
const STEP_GOAL = 20;
const PAINT_GOAL = 3;
const PAINTS = 9;

/** `npm run bench -- explorer`: a step of the model in a browser beside one on Node, and the first paint beside that of an empty page. */
export async function explorer(): Promise<void> {
	if (browserPath === null) return console.log('explorer: no Chromium is installed');
	const browser = await openBrowser(browserPath);
	const folder = mkdtempSync(join(tmpdir(), 'mulligan-bench-'));
	try {
		const page = await browser.newPage();
		const { outputFiles } = await build({
			entryPoints: [fileURLToPath(new URL('explorer-steps.ts', import.meta.url))],
			bundle: true,
			write: false,
			format: 'iife',
			globalName: 'bench',
			platform: 'browser',
		});
		const there = await page.evaluate<number>(
			`${outputFiles[0]?.text ?? ''}; bench.stepsPerSecond()`,
		);
		const here = stepsPerSecond();
		const slower = here / there;
		console.log(
			`step: ${Math.round(here)} a second on Node, ${Math.round(there)} in the browser: ${slower.toFixed(2)} times as long (goal: at most ${STEP_GOAL})`,
		);
		const empty = '<!doctype html><title>empty</title><p>empty</p>';
		const paints = { empty: [] as number[], explorer: [] as number[] };
		const full = await explorerPage(explorerOf());
		for (let round = 0; round < PAINTS; round++)
			for (const [name, text] of [
				['empty', empty],
				['explorer', full],
			] as const) {
				const fresh = await browser.newPage();
				const file = join(folder, `${name}.html`);
				writeFileSync(file, text);
				await fresh.goto(pathToFileURL(file).href);
				paints[name].push(await fresh.evaluate<number>(FIRST_PAINT));
				await fresh.close();
			}
		const [one, other] = [median(paints.explorer), median(paints.empty)];
		console.log(
			`first paint: ${one.toFixed(0)} ms, of an empty page ${other.toFixed(0)} ms: ${(one / other).toFixed(2)} times as long (goal: at most ${PAINT_GOAL})`,
		);
	} finally {
		rmSync(folder, { recursive: true });
		await browser.close();
	}
}

const median = (values: readonly number[]): number =>
	values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** In the page: when it was painted first, in milliseconds. */
const FIRST_PAINT = `new Promise((resolve) =>
	new PerformanceObserver((list) => {
		const found = list.getEntriesByName('first-paint')[0];
		if (found) resolve(found.startTime);
	}).observe({ type: 'paint', buffered: true }))`;
