import { guarantees } from '../../model/guarantees/index.ts';
import { sayWitness } from '../../model/guarantees/situation.ts';
import { SITUATIONS } from '../../model/guarantees/situations.ts';
import { MAX_HOSTS } from '../../model/vocabulary/setup.ts';
import type { Evidence } from '../../reports/evidence/evidence.ts';
import type { FlagEvidence, ProjectTrial } from '../../reports/evidence/flag-evidence.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { judgeVerification } from '../../reports/judging/verification.ts';
import { ANY_VARIANT } from '../../scenarios/import/version.ts';
import { countFlags } from '../../scenarios/lint/flagged.ts';
import { ownFlags } from '../../scenarios/trial/flagged-commands.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { describe } from '../../scenarios/yaml/problem.ts';
import { GENERATED_LENGTH, PROJECT_LENGTH } from '../arbitraries/length.ts';
import { MOST_TASKS } from '../arbitraries/setup.ts';
import { pricesOf } from '../explain/price.ts';
import type { System } from '../systems/system.ts';
import type { VerifyOptions } from './options.ts';
import type { Results } from './results.ts';

/** What all parts of a verification saw, and what it comes to. */
export function evidenceOf(
	options: VerifyOptions,
	systems: readonly System[],
	results: Results,
	canary: Evidence['canary'],
	rest: {
		checks: Evidence['checks'];
		configurations: Evidence['configurations'];
		machines: Evidence['machines'];
		graphs: Evidence['graphs'];
		told: Evidence['told'];
		flags: readonly FlagEvidence[];
		seconds: number;
		searched: number;
	},
): Evidence {
	const { tally, findings, sources } = results;
	const { project, shard, run } = options;
	return judgeVerification({
		format: 'mulligan evidence',
		version: 1,
		mulligan: run?.mulligan ?? 'not known',
		commit: run?.commit ?? null,
		shard: shard ?? null,
		allowed: run?.allowed ?? [],
		created_at: new Date().toISOString(),
		interrupted: options.signal?.aborted === true,
		profile: options.profile,
		seed: options.seed,
		stories_asked: options.stories ?? null,
		design_named: options.design !== undefined,
		node: process.version,
		seconds: rest.seconds,
		systems: systems.map((system) => system.name),
		design: options.design ?? 'flag',
		project:
			project === null ? null : projectEvidence(project, withPrices(project, rest.flags), results),
		bound: {
			story_events: Math.max(GENERATED_LENGTH, project === null ? 0 : PROJECT_LENGTH),
			tasks: MOST_TASKS,
			hosts: Math.min(2, MAX_HOSTS),
			seconds: rest.searched,
		},
		stories: tally.stories,
		events: tally.events,
		steps: tally.steps,
		unrested: tally.unrested,
		sources,
		guarantees: guarantees.map((guarantee) => {
			const { id, name, statement, fairness } = guarantee;
			const witness = sayWitness(guarantee);
			const { stories, events } = tally.exercised.get(id) ?? { stories: 0, events: 0 };
			return { id, name, statement, witness, fairness, stories, exercised: events };
		}),
		situations: SITUATIONS.map(({ name, sentence, guarantee, half }) => {
			const reached = tally.situations.get(name) ?? { stories: 0, events: 0, certain: 0 };
			return { name, sentence, guarantee, half, ...reached };
		}),
		findings,
		canary,
		machines: rest.machines,
		configurations: rest.configurations,
		checks: rest.checks,
		graphs: rest.graphs,
		scenarios: results.scenarios,
		told: rest.told,
	});
}

function withPrices(project: ProjectOnTrial, flags: readonly FlagEvidence[]): FlagEvidence[] {
	const prices = pricesOf(project);
	return flags.map((flag, at) => ({ ...flag, price: prices?.flags[at] ?? null }));
}

export const projectEvidence = (
	project: ProjectOnTrial,
	flags: readonly FlagEvidence[],
	results: Results,
): NonNullable<Evidence['project']> => ({
	file: project.file.slice(0, TEXT),
	tasks: project.project.tasks.length,
	task_instances: project.instances.length,
	flagged_tasks: project.flaggedTasks,
	digest: project.digest,
	counts: countFlags(project.linted.flagged),
	trial: trialOf(project, flags, results),
	warnings: project.warnings.map((warning) => describe(warning).slice(0, TEXT)).slice(0, 1000),
});

/** What came of a project, and which of its tasks no story was told of. */
function trialOf(
	{ project, instances, flagged }: ProjectOnTrial,
	flags: readonly FlagEvidence[],
	results: Results,
): ProjectTrial {
	const withFlag = new Set([...ownFlags(flagged)].map((task) => instances[task]?.task));
	return {
		on_variants: instances.filter(({ variant }) => variant !== ANY_VARIANT).length,
		flags: [...flags],
		left_out: project.tasks
			.filter(({ name }) => !results.wasTried(name))
			.map(({ name }) => ({ task: name, flagged: withFlag.has(name) })),
	};
}
