import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { NO_TASKS, sayFlagged } from '../../reports/judging/verification.ts';
import { generatedSetup, setupsOf } from '../arbitraries/setup.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import { releaseCanary } from './canary.ts';
import { checkModel } from './checking.ts';
import { graphsOf } from './graphs.ts';
import { evidenceOf } from './judgement.ts';
import { replayCorpus, runScenarios } from './known-stories.ts';
import { machinesOf } from './machines.ts';
import { narrateFindings } from './narrating.ts';
import type { Profile, VerifyOptions } from './options.ts';
import { Results } from './results.ts';
import { GENERATED_LENGTH, PROJECT_LENGTH, search } from './search.ts';

export type { Profile, VerifyOptions } from './options.ts';

/** Seconds of random stories by profile: on generated projects, on the given one, and for the canary. */
const SECONDS: Record<Profile, { generated: number; project: number; canary: number }> = {
	quick: { generated: 4, project: 3, canary: 2 },
	standard: { generated: 32, project: 20, canary: 5 },
	deep: { generated: 390, project: 180, canary: 15 },
};

/**
 * Puts the model and the reference on trial: known counterexamples and scenarios first, then a
 * canary, then random stories on generated projects and on the given project's own tasks. At last every
 * state of the model is gone through, within the bounds of some configurations.
 */
export async function verify(options: VerifyOptions): Promise<Evidence> {
	const began = performance.now();
	const tables = new TablesByDesign();
	const systems = [model(tables), options.against ?? reference()];
	const results = new Results();
	const seconds = options.seconds ?? SECONDS[options.profile];

	await replayCorpus(options, systems, results);
	await runScenarios(options, systems, results);
	const canary = await releaseCanary(options, seconds.canary);
	await search(options, systems, results, {
		name: 'generated projects',
		flagged: seconds.generated > 0,
		setups: generatedSetup,
		seconds: seconds.generated,
		length: GENERATED_LENGTH,
	});
	const { project } = options;
	if (project !== null && project.instances.length === 0)
		results.sources.push({
			name: project.file.slice(0, TEXT),
			stories: 0,
			note: NO_TASKS,
			broken: 0,
			flagged_failures: null,
			interrupted: false,
		});
	else if (project !== null)
		await search(options, systems, results, {
			name: project.file,
			flagged: project.flaggedTasks > 0,
			note: sayFlagged({
				flagged_tasks: project.flaggedTasks,
				tasks: project.project.tasks.length,
			}),
			setups: setupsOf(project.project, project.version, project.portions),
			seconds: seconds.project,
			length: PROJECT_LENGTH,
		});

	const checks = await checkModel(options);
	const design = options.design ?? 'flag';
	const counted = tables.of({ design });
	return evidenceOf(options, systems, results, canary, {
		checks,
		machines: machinesOf(counted),
		graphs: graphsOf(counted, design),
		told: await narrateFindings(options, systems, { findings: results.findings, canary, checks }),
		seconds: (performance.now() - began) / 1000,
		searched:
			options.stories === undefined
				? seconds.generated + (project === null ? 0 : seconds.project)
				: 0,
	});
}
