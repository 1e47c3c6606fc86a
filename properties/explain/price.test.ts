import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf } from '../../scenarios/testing/folder.ts';
import { projectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { pricesOf } from './price.ts';

const FLAGGED = '{ command: shell.exec, retry_on_failure: true }';

function prices(text: string) {
	const project = projectOnTrial(join(folderOf({ 'a.yml': text }), 'a.yml'));
	if (project.kind === 'refused') throw new Error(JSON.stringify(project.problems));
	const told = pricesOf(project);
	if (told === null) throw new Error('no tasks');
	return told;
}

const PROJECT = `post_error_fails_task: true
functions: { f: [{ command: shell.exec }, ${FLAGGED}], never: [${FLAGGED}] }
tasks:
  - { name: one, commands: [{ func: f }, { command: shell.exec }] }
  - { name: two, commands: [{ command: shell.exec }, { func: f }, ${FLAGGED}] }
  - { name: three, commands: [{ command: shell.exec }] }
task_groups: [{ name: g, tasks: [three], setup_task_can_fail_task: true, setup_task: [{ func: f }], teardown_group: [${FLAGGED}] }]
post: [${FLAGGED}]
buildvariants:
  - { name: v, run_on: [d], tasks: [one, two, g] }
  - { name: w, run_on: [d], tasks: [one] }
`;

test('each flag has its share of the price of all, and one that works nowhere has none', () => {
	const { all, simulated, flags } = prices(PROJECT);
	expect(flags.map((price) => price !== null)).toEqual([true, false, true, true, false]);
	const sum = (key: 'saved' | 'restarts'): number =>
		flags.reduce((total, price) => total + (price?.[key] ?? 0), 0);
	expect(all).toEqual({ saved: sum('saved'), restarts: sum('restarts') });
	expect(sum('saved')).toBeCloseTo(simulated.saved, 9);
	expect(sum('restarts')).toBeCloseTo(simulated.restarts, 9);
	const [shared, , own] = flags;
	expect(shared?.saved).toBeGreaterThan(3 * (own?.saved ?? 0));
});

test('a flag that the deployed agent passes over has no price, though the model would restart', () => {
	const background = `{ command: shell.exec, retry_on_failure: true, params: { background: true } }`;
	const { all, simulated, flags } =
		prices(`tasks: [{ name: t, commands: [${background}, ${FLAGGED}] }]
buildvariants: [{ name: v, run_on: [d], tasks: [t] }]
`);
	expect(flags[0]).toBeNull();
	expect(flags[1]?.saved).toBeGreaterThan(0);
	expect(all).toEqual(flags[1]);
	expect(simulated.saved).toBeGreaterThan(all.saved);
});
