import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { model } from '../properties/systems/model.ts';
import { runScenario } from '../properties/trial/run-scenario.ts';
import type { Step } from '../properties/trial/trial.ts';
import { maySayState } from '../reports/wording/states.ts';
import { ExpectationLine, expectationOf, mismatches } from '../scenarios/format/expectations.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { replayLines } from './replay-lines.ts';

const folder = join(import.meta.dirname, '../scenarios/stories');
const systems = [model()];

/** Lines that say what has changed stand deeper than the event that changed it. */
const STATE = /^ {8}(\S.*)$/;

test('every line of the traces of all stories that says a state can be pasted as an expectation of it', async () => {
	const kinds = new Set<string>();
	for (const file of readdirSync(folder)) {
		const loaded = loadScenario(join(folder, file));
		if (loaded.kind === 'refused') throw new Error(file);
		const { story } = loaded.scenario;
		const steps: Step[] = [];
		const { result } = await runScenario(systems, loaded.scenario, (step) => steps.push(step));
		for (const step of steps) {
			const [after] = step.seen;
			if (after === undefined) continue;
			const played = {
				title: file,
				verdict: 'holds' as const,
				...{ result, mismatches: [], story, scenario: null, warnings: [] },
			};
			const around = { on: ['model'], verdict: 'holds', again: '', verbose: true } as const;
			const lines = replayLines([{ ...played, steps: [step] }], around).flatMap(
				(line) => STATE.exec(line)?.[1] ?? [],
			);
			if (lines.length === 0) continue;
			// As it stands in a scenario: `- compile/0 mark: granted`.
			const pasted = ExpectationLine.parse(parse(lines.map((line) => `- ${line}`).join('\n')));
			const expectation = expectationOf(pasted);
			expect(expectation.seen).toEqual(lines);
			expect(lines.filter((line) => !maySayState(story.setup, line))).toEqual([]);
			expect(mismatches(expectation, after, story.setup)).toEqual([]);
			for (const line of lines) kinds.add(line.replaceAll(/[0-9]+/g, 'n'));
		}
	}
	expect(kinds.size).toBeGreaterThan(200);
});
