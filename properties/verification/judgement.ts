import { guarantees } from '../../model/guarantees/index.ts';
import { MAX_HOSTS } from '../../model/vocabulary/setup.ts';
import type { Evidence, GuaranteeEvidence } from '../../reports/evidence.ts';
import { describe } from '../../scenarios/problem.ts';
import { MOST_TASKS } from '../arbitraries/setup.ts';
import { incomplete } from '../checks/evidence.ts';
import type { System } from '../systems/system.ts';
import { type Docket, TEXT } from './docket.ts';
import type { VerifyOptions } from './options.ts';
import { GENERATED_LENGTH, PROJECT_LENGTH } from './search.ts';

export const NO_TASKS = 'the project has no tasks to put on trial';

/** What all parts of a verification come to: unknown beats holds, violated beats both. */
export function judge(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
	canary: Evidence['canary'],
	rest: {
		checks: Evidence['checks'];
		machines: Evidence['machines'];
		graphs: Evidence['graphs'];
		told: Evidence['told'];
		seconds: number;
		searched: number;
	},
): Evidence {
	const { tally, findings, sources } = docket;
	const { project } = options;
	const doubt = options.signal?.aborted
		? 'the verification was interrupted'
		: !canary.caught
			? `the canary "${canary.name}" was not caught`
			: null;
	const rows = guarantees.map((guarantee): GuaranteeEvidence => {
		const { stories, events } = tally.mattered.get(guarantee.id) ?? { stories: 0, events: 0 };
		const violated =
			findings.some((finding) => finding.guarantee === guarantee.id) ||
			rest.checks.some((check) => check.violations.some((one) => one.guarantee === guarantee.id));
		const reason =
			doubt ??
			(events === 0
				? 'it never mattered'
				: guarantee.kind === 'liveness' && tally.unrested > 0
					? `${tally.unrested} stories did not come to rest`
					: null);
		return {
			id: guarantee.id,
			name: guarantee.name,
			statement: guarantee.statement,
			witness: guarantee.witness,
			fairness: guarantee.fairness,
			verdict: violated ? 'violated' : reason === null ? 'holds' : 'unknown',
			reason: violated ? null : reason,
			stories,
			mattered: events,
		};
	});
	const violated =
		findings.length > 0 ||
		[...sources, ...rest.checks].some(({ verdict }) => verdict === 'violated');
	const untried = sources.find(({ verdict, note: why }) => verdict === 'unknown' && why !== null);
	const unknown = rows.filter(({ verdict }) => verdict === 'unknown');
	const reason = violated
		? null
		: (doubt ??
			(project?.instances.length === 0 ? NO_TASKS : null) ??
			untried?.note ??
			incomplete(rest.checks) ??
			(unknown.length > 0 ? `${unknown.map(({ id }) => id).join(', ')} never mattered` : null));
	return {
		format: 'mulligan evidence',
		version: 1,
		created_at: new Date().toISOString(),
		verdict: violated ? 'violated' : reason === null ? 'holds' : 'unknown',
		reason,
		profile: options.profile,
		seed: options.seed,
		node: process.version,
		seconds: rest.seconds,
		systems: systems.map((system) => system.name),
		design: options.design ?? 'flag',
		project:
			project === null
				? null
				: {
						file: project.file.slice(0, TEXT),
						tasks: project.project.tasks.length,
						task_instances: project.instances.length,
						flagged_tasks: project.flaggedTasks,
						warnings: project.warnings
							.map((warning) => describe(warning).slice(0, TEXT))
							.slice(0, 1000),
					},
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
		guarantees: rows,
		findings,
		canary,
		machines: rest.machines,
		checks: rest.checks,
		graphs: rest.graphs,
		scenarios: docket.scenarios,
		told: rest.told,
	};
}
