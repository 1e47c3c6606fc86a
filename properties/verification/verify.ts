import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { NO_TASKS, nothingToTry } from '../../reports/judging/tried.ts';
import { sayFlagged } from '../../reports/judging/verification.ts';
import { ownFlags } from '../../scenarios/trial/flagged-commands.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { GENERATED_LENGTH, PROJECT_LENGTH } from '../arbitraries/length.ts';
import { generatedSetup, setupsOf } from '../arbitraries/setup.ts';
import { waysFor } from '../steering/ways.ts';
import { model } from '../systems/model.ts';
import { reference } from '../systems/reference.ts';
import type { System } from '../systems/system.ts';
import { canaryOf, releaseCanary } from './canary.ts';
import { beginChecks, configurationsOf, type ModelChecks } from './checking.ts';
import { graphsOf } from './graphs.ts';
import { evidenceOf, projectEvidence } from './judgement.ts';
import { replayCorpus, runScenarios } from './known-stories.ts';
import { machinesOf } from './machines.ts';
import { narrateFindings } from './narrating.ts';
import type { Profile, VerifyOptions } from './options.ts';
import { Results } from './results.ts';
import { search } from './search.ts';
import { tellFlags, untold } from './tell-flags.ts';

export type { Profile, VerifyOptions } from './options.ts';

/** Seconds of random stories by profile: on generated projects, on the given one, and for the canary. */
const SECONDS: Record<Profile, { generated: number; project: number; canary: number }> = {
	quick: { generated: 4, project: 3, canary: 2 },
	standard: { generated: 32, project: 20, canary: 5 },
	deep: { generated: 390, project: 180, canary: 15 },
};

/**
 * Puts the model and the reference on trial: known counterexamples and scenarios first, then a
 * canary, then random stories on generated projects and on the given project's own tasks. Every state of the model
 * is gone through, within the bounds of some configurations: meanwhile, where there is a core to spare, and else at last.
 */
export async function verify(options: VerifyOptions): Promise<Evidence> {
	const began = performance.now();
	const { project } = options;
	if (project !== null && isNothingToTry(project, options))
		return nothingTried(options, project, began);
	const checks = beginChecks(options);
	try {
		return await tried(options, checks, began);
	} finally {
		await checks.end();
	}
}

async function tried(options: VerifyOptions, begun: ModelChecks, began: number): Promise<Evidence> {
	const tables = new TablesByDesign();
	const systems = onTrial(options, model(tables));
	const results = new Results();
	const { project, design = 'flag' } = options;
	const seconds = options.seconds ?? SECONDS[options.profile];

	await replayCorpus(options, systems, results);
	await runScenarios(options, systems, results);
	const flags = project === null ? [] : await tellFlags(options, project, systems, results);
	const canary = await releaseCanary(options, seconds.canary);
	await search(options, systems, results, {
		name: 'generated projects',
		flagged: seconds.generated > 0,
		setups: generatedSetup,
		// The ways are those of the flag; what a system cannot let happen is in none of them.
		ways: design === 'flag' ? waysFor(systems) : [],
		seconds: seconds.generated,
		length: GENERATED_LENGTH,
	});
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
			setups: setupsOf(
				project.project,
				project.version,
				project.portions,
				ownFlags(project.flagged),
			),
			onSetup: (setup) => results.tried(setup),
			seconds: seconds.project,
			length: PROJECT_LENGTH,
		});

	const checks = await begun.rest();
	const counted = tables.of({ design });
	return evidenceOf(options, systems, results, canary, {
		checks,
		configurations: configurationsOf(options).map(({ name }) => name),
		flags,
		machines: machinesOf(counted),
		graphs: graphsOf(counted, design),
		told: await narrateFindings(options, systems, {
			findings: results.findings,
			canary,
			checks,
			flags,
		}),
		seconds: (performance.now() - began) / 1000,
		searched:
			options.stories === undefined
				? seconds.generated + (project === null ? 0 : seconds.project)
				: 0,
	});
}

const onTrial = ({ alone, against = reference() }: VerifyOptions, beside: System): System[] =>
	alone === true ? [against] : [beside, against];

/** Whether no flag of a project does anything, unless that is lived with: then all else is tried all the same. */
function isNothingToTry(project: ProjectOnTrial, { run }: VerifyOptions): boolean {
	const doubt = nothingToTry(projectEvidence(project, untold(project), new Results()));
	return doubt !== null && run?.allowed.includes(doubt.id) !== true;
}

/** What is said at once where there is nothing to try: no story was told, and nothing was checked. */
function nothingTried(options: VerifyOptions, project: ProjectOnTrial, began: number): Evidence {
	const { design = 'flag' } = options;
	const tables = new TablesByDesign().of({ design });
	const systems = onTrial(options, model());
	const unreleased = { caught: false, stories: 0, sentence: null, events: null, token: null };
	const canary = { name: canaryOf(options.seed).name, ...unreleased };
	return evidenceOf(options, systems, new Results(), canary, {
		checks: [],
		configurations: [],
		flags: untold(project),
		machines: machinesOf(tables),
		graphs: graphsOf(tables, design),
		told: [],
		seconds: (performance.now() - began) / 1000,
		searched: 0,
	});
}
