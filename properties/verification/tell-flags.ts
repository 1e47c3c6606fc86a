import { plural } from '../../model/vocabulary/plural.ts';
import { expandedLength, GROUP_BLOCKS } from '../../model/vocabulary/project.ts';
import { Policy, type Setup, underDesign } from '../../model/vocabulary/setup.ts';
import { REST_LENGTH } from '../../model/vocabulary/stories/rest.ts';
import { STORY_LENGTH, type Story } from '../../model/vocabulary/stories/story.ts';
import type { FlagEvidence, FlagRun, Way } from '../../reports/evidence/flag-evidence.ts';
import { isIn, WHOLE } from '../../reports/evidence/shard.ts';
import { TEXT } from '../../reports/evidence/verdict.ts';
import { firstOfKind, type Run, restarts, waysOf } from '../../reports/judging/flag-ways.ts';
import { FLAGGED_COMMANDS, works } from '../../reports/judging/tried.ts';
import type { ProjectOnTrial } from '../../scenarios/trial/project-on-trial.ts';
import { cutTo } from '../arbitraries/setup.ts';
import { Lead } from '../flags/lead.ts';
import { type Plan, type PlannedStory, planOf } from '../flags/plan.ts';
import type { System } from '../systems/system.ts';
import { count, emptyTally } from '../trial/campaign.ts';
import { tokenOf } from '../trial/say-finding.ts';
import { type TrialResult, trial } from '../trial/trial.ts';
import type { VerifyOptions } from './options.ts';
import { note, type Results } from './results.ts';

/**
 * Tells of every flagged command of a project in each way that matters, and of each task with one. What comes back
 * counts the stories that went as they were meant to.
 */
export async function tellFlags(
	options: VerifyOptions,
	project: ProjectOnTrial,
	systems: readonly System[],
	results: Results,
): Promise<FlagEvidence[]> {
	const { runs, stories } = planOf(project);
	const flags = untold(project, runs);
	if (stories.length === 0) return flags;
	const { signal, shard = WHOLE, design = 'flag' } = options;
	const firsts = firstOfKind(flags);
	const toKeep = firstFailures(stories);
	const tally = emptyTally();
	let broken = 0;
	for (const [place, planned] of stories.entries()) {
		if (!isIn(shard, place)) continue;
		if (signal?.aborted) break;
		if (tally.stories % 50 === 0)
			options.onPhase?.(FLAGGED_COMMANDS, plural(tally.stories, 'story'));
		const setup = underDesign(setupOf(project, planned), design);
		const { result, restarted, arrived } = await tell(systems, setup, project, planned);
		count(tally, result);
		results.tried(setup);
		const run = flags[planned.flag]?.runs[planned.run];
		const { finding, events } = result;
		if (finding !== null) {
			broken++;
			await note(
				results,
				systems,
				{ story: { setup, events }, finding, place },
				FLAGGED_COMMANDS,
				options,
			);
		} else if (run !== undefined && arrived && isAsMeant(run, planned.way, restarted)) {
			run.told[planned.way] = (run.told[planned.way] ?? 0) + 1;
			if (toKeep.has(place) && firsts.has(run)) run.story = kept({ setup, events });
		}
	}
	results.add(tally);
	results.sources.push({
		name: FLAGGED_COMMANDS,
		stories: tally.stories,
		note: null,
		broken,
		flagged_failures: flags.some(works) ? (tally.exercised.get('L1')?.events ?? 0) : null,
		interrupted: signal?.aborted === true,
	});
	return flags;
}

/** The places of the first story of each run in which it fails: the same in every part. */
function firstFailures(stories: readonly PlannedStory[]): ReadonlySet<number> {
	const places = new Map<string, number>();
	for (const [place, { flag, run, way }] of stories.entries())
		if (way === 'fails' && !places.has(`${flag} ${run}`)) places.set(`${flag} ${run}`, place);
	return new Set(places.values());
}

/** A story to be played again; null: it is too large for a token. */
function kept(story: Story): FlagRun['story'] {
	const token = tokenOf(story);
	return token === null ? null : { events: story.events.length, token };
}

/** Of which nothing has been told yet. */
export const untold = (
	project: ProjectOnTrial,
	runs: Plan['runs'] = planOf(project).runs,
): FlagEvidence[] =>
	project.flagged.map(({ place: { file, line, column } }, flag) => ({
		at: `${file}:${line}:${column}`.slice(0, TEXT),
		verdict: project.linted.flagged[flag]?.verdict ?? null,
		price: null,
		runs: (runs[flag] ?? []).map((run) => ({
			...run,
			told: Object.fromEntries(waysOf(run).map((way) => [way, 0])),
			story: null,
		})),
	}));

/** To the block `timeout` a story comes by a time-out before it, which may restart the task for that. */
const isAsMeant = (run: Run, way: Way, restarted: boolean): boolean =>
	run.block === 'timeout' || restarted === restarts(run, way);

const setupOf = ({ project, version }: ProjectOnTrial, { portion }: PlannedStory): Setup => ({
	...cutTo(project, version, portion),
	hosts: ['h1'],
	requester: 'gitter_request',
	policy: Policy.parse({}),
});

/** Events of a task beside those of its commands: it is asked for, started, ended, and answered each time. */
const AROUND = 12;

async function tell(
	systems: readonly System[],
	setup: Setup,
	{ version }: ProjectOnTrial,
	{ use, way }: PlannedStory,
): Promise<{ result: TrialResult; restarted: boolean; arrived: boolean }> {
	const instance = version.tasks[use.task];
	if (instance === undefined) throw new RangeError(`the version has no task ${use.task}`);
	const { position, background } = use;
	const lead = new Lead({ instance, position, background, way }, setup);
	let restarted = false;
	const once = lengthOf(setup);
	const result = await trial(systems, setup, (seen) => lead.next(seen), {
		// Long tasks come to their flagged command, and all tasks to their end once more.
		most: { story: STORY_LENGTH + once, rest: REST_LENGTH + 2 * once },
		onStep: ({ seen: [seen] }) => {
			restarted ||= seen !== undefined && lead.restarted(seen).length > 0;
		},
	});
	return { result, restarted, arrived: lead.arrived };
}

/** About how many events it takes to run every task once. */
function lengthOf({ project, tasks }: Setup): number {
	const { pre, post, timeout, task_groups = [] } = project;
	const lengths = new Map(
		project.tasks.map(({ name, commands }) => [name, expandedLength(project, commands)]),
	);
	const around = [
		pre,
		post,
		timeout,
		...task_groups.flatMap((group) => GROUP_BLOCKS.map((block) => group[block])),
	];
	const each = around.reduce((sum, steps) => sum + expandedLength(project, steps), AROUND);
	return tasks.reduce((sum, { task }) => sum + each + (lengths.get(task) ?? 0), 0);
}
