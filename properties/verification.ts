import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guarantees } from '../model/guarantees/index.ts';
import { createTables, transitionCounts } from '../model/system/tables.ts';
import { MAX_HOSTS } from '../model/vocabulary/setup.ts';
import { fromToken, type Story, TOKEN_LENGTH, toToken } from '../model/vocabulary/story.ts';
import {
	type Evidence,
	type EvidenceFinding,
	type GuaranteeEvidence,
	MAX_FINDINGS,
} from '../reports/evidence.ts';
import { loadScenario } from '../scenarios/format/load.ts';
import { slice } from '../scenarios/import/slice.ts';
import { describe } from '../scenarios/problem.ts';
import { generatedSetup, MOST_TASKS, setupOf } from './arbitraries/setup.ts';
import { CANARIES as canaries } from './deviations/canaries.ts';
import type { ProjectOnTrial } from './project.ts';
import { model } from './systems/model.ts';
import { reference } from './systems/reference.ts';
import type { System } from './systems/system.ts';
import { type CampaignResult, campaign, count, emptyTally, type Tally } from './trial/campaign.ts';
import { rehearse } from './trial/rehearsal.ts';
import { shrink } from './trial/shrink.ts';
import { type Finding, told, trial } from './trial/trial.ts';

export type Profile = Evidence['profile'];

/** Seconds of random stories by profile: on generated projects, on the given one, and for the canary. */
const SECONDS: Record<Profile, { generated: number; project: number; canary: number }> = {
	quick: { generated: 4, project: 3, canary: 2 },
	standard: { generated: 32, project: 20, canary: 5 },
	deep: { generated: 390, project: 180, canary: 15 },
};

const NO_TASKS = 'the project has no tasks to put on trial';

/**
 * Stories that are told at the least, however slow the machine, so that a verdict does not depend on
 * how busy it is; and those that a canary is given, each of which needs at most some hundred.
 */
const STORIES = 150;
const CANARY_STORIES = 400;

/** Longest text in the evidence. */
const TEXT = 2000;

const GENERATED_LENGTH = 40;
const PROJECT_LENGTH = 120;

export interface VerifyOptions {
	profile: Profile;
	seed: number;
	project: ProjectOnTrial | null;
	/** Folders of the package that hold shrunk counterexamples and scenarios. */
	corpus: string;
	scenarios: string;
	/** What is on trial beside the model; the reference, but for tests. */
	against?: System;
	/** For tests: seconds instead of the profile's. */
	seconds?: { generated: number; project: number; canary: number };
	signal?: AbortSignal;
	onPhase?: (phase: string, detail: string) => void;
}

type Source = Evidence['sources'][number];

/** Collects what the parts of a verification say. */
class Docket {
	readonly tally: Tally = emptyTally();
	readonly findings: EvidenceFinding[] = [];
	readonly sources: Source[] = [];

	add(tally: Tally): void {
		this.tally.stories += tally.stories;
		this.tally.events += tally.events;
		this.tally.steps += tally.steps;
		this.tally.unrested += tally.unrested;
		for (const [id, { stories, events }] of tally.mattered) {
			const sum = this.tally.mattered.get(id) ?? { stories: 0, events: 0 };
			this.tally.mattered.set(id, { stories: sum.stories + stories, events: sum.events + events });
		}
	}

	/** One finding of a kind is enough: the same fault tends to show in many stories. */
	knows({ kind, ...found }: Finding): boolean {
		const guarantee = 'guarantee' in found ? found.guarantee : null;
		return (
			this.findings.length >= MAX_FINDINGS ||
			this.findings.some((finding) => finding.kind === kind && finding.guarantee === guarantee)
		);
	}
}

/** One sentence for a finding. */
export function sayFinding(finding: Finding): string {
	switch (finding.kind) {
		case 'violated':
			return finding.sentence;
		case 'diverged': {
			const { path, left, right } = finding.difference;
			const [first, second] = finding.systems;
			return `${first} and ${second} differ in ${path}: ${first} shows ${JSON.stringify(left)}, ${second} ${JSON.stringify(right)}`;
		}
		case 'broke down':
			return `${finding.system} broke down: ${finding.message}`;
	}
}

/**
 * Puts the model and the reference on trial: known counterexamples and scenarios first, then a
 * canary, then random stories on generated projects and on the given project's own tasks.
 */
export async function verify(options: VerifyOptions): Promise<Evidence> {
	const began = performance.now();
	const tables = createTables();
	const systems = [model(tables), options.against ?? reference()];
	const docket = new Docket();
	const seconds = options.seconds ?? SECONDS[options.profile];

	await replayCorpus(options, systems, docket);
	await rehearseScenarios(options, systems, docket);
	const canary = await releaseCanary(options, model(tables), seconds.canary);
	await search(options, systems, docket, {
		name: 'generated projects',
		flagged: seconds.generated > 0,
		setups: generatedSetup,
		seconds: seconds.generated,
		length: GENERATED_LENGTH,
	});
	const { project } = options;
	if (project !== null && project.instances.length === 0)
		docket.sources.push({
			name: project.file.slice(0, TEXT),
			stories: 0,
			verdict: 'unknown',
			note: NO_TASKS,
		});
	else if (project !== null)
		await search(options, systems, docket, {
			name: project.file,
			flagged: project.flaggedTasks > 0,
			note: `${project.flaggedTasks} of ${project.project.tasks.length} tasks have a flagged command`,
			setups: setupOf(project.instances, (tasks) => slice(project.project, tasks)),
			seconds: seconds.project,
			length: PROJECT_LENGTH,
		});

	return judge(options, systems, docket, canary, {
		machines: machinesOf(tables),
		seconds: (performance.now() - began) / 1000,
		searched: seconds.generated + (project === null ? 0 : seconds.project),
	});
}

type Found = NonNullable<CampaignResult['found']>;

/** Shrinks what was found and puts it down. */
async function note(
	docket: Docket,
	systems: readonly System[],
	{ story, finding }: Found,
	source: string,
	signal: AbortSignal | undefined,
): Promise<void> {
	if (docket.knows(finding)) return;
	const shrunk = await shrink(systems, story, finding, signal);
	docket.findings.push({
		kind: shrunk.finding.kind,
		guarantee: shrunk.finding.kind === 'violated' ? shrunk.finding.guarantee : null,
		sentence: sayFinding(shrunk.finding).slice(0, TEXT),
		source: source.slice(0, TEXT),
		events: shrunk.story.events.length,
		token: tokenOf(shrunk.story),
	});
}

/** The token of a story, or null where the story is too large for one. */
function tokenOf(story: Story): string | null {
	const token = toToken(story);
	return token.length > TOKEN_LENGTH ? null : token;
}

async function replayCorpus(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
): Promise<void> {
	const files = existsSync(options.corpus)
		? readdirSync(options.corpus).filter((name) => name.endsWith('.token'))
		: [];
	let verdict: Source['verdict'] = files.length === 0 ? 'unknown' : 'holds';
	for (const file of files) {
		options.onPhase?.('corpus', file);
		const story = fromToken(readFileSync(join(options.corpus, file), 'utf8').trim());
		const result = await trial(systems, story.setup, told(story.events));
		count(docket.tally, result);
		if (result.finding === null) continue;
		verdict = 'violated';
		const { finding } = result;
		await note(docket, systems, { story, finding }, `corpus: ${file}`, options.signal);
	}
	docket.sources.push({ name: 'corpus', stories: files.length, verdict, note: null });
}

async function rehearseScenarios(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
): Promise<void> {
	const files = readdirSync(options.scenarios)
		.filter((name) => name.endsWith('.yml'))
		.sort();
	let verdict: Source['verdict'] = files.length === 0 ? 'unknown' : 'holds';
	const wrong: string[] = [];
	for (const file of files) {
		options.onPhase?.('scenarios', file);
		const load = loadScenario(join(options.scenarios, file));
		if (load.kind === 'refused') {
			verdict = 'violated';
			wrong.push(...load.problems.map(describe));
			continue;
		}
		const { result, mismatches } = await rehearse(systems, load.scenario);
		count(docket.tally, result);
		if (mismatches.length > 0) {
			verdict = 'violated';
			wrong.push(...mismatches);
		}
		if (result.finding === null) continue;
		verdict = 'violated';
		const { finding } = result;
		const { story } = load.scenario;
		await note(docket, systems, { story, finding }, `scenarios: ${file}`, options.signal);
	}
	docket.sources.push({
		name: 'scenarios',
		stories: files.length,
		verdict,
		note: wrong.length === 0 ? null : wrong.join('; ').slice(0, TEXT),
	});
}

async function search(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
	part: Pick<Parameters<typeof campaign>[0], 'setups' | 'length'> & {
		name: string;
		seconds: number;
		/** Whether there is a flagged command to fail. */
		flagged: boolean;
		note?: string;
	},
): Promise<void> {
	const { signal } = options;
	const result = await campaign({
		systems,
		setups: part.setups,
		seed: options.seed,
		length: part.length,
		limit: { seconds: part.seconds, stories: part.seconds === 0 ? 0 : STORIES },
		signal,
		onProgress: ({ stories }) => options.onPhase?.(part.name, `${stories} stories`),
	});
	docket.add(result);
	if (result.found !== null) {
		options.onPhase?.(part.name, 'shrinking what was found');
		await note(docket, systems, result.found, part.name, signal);
	}
	const doubt = signal?.aborted
		? 'interrupted'
		: result.stories === 0
			? 'no story was told in time'
			: part.flagged && !result.mattered.has('L1')
				? 'no flagged command failed in time'
				: null;
	docket.sources.push({
		name: part.name.slice(0, TEXT),
		stories: result.stories,
		verdict: result.found !== null ? 'violated' : doubt === null ? 'holds' : 'unknown',
		note: doubt ?? part.note ?? null,
	});
}

/** A broken reference that must be caught; which one, the seed decides. */
async function releaseCanary(
	options: VerifyOptions,
	beside: System,
	seconds: number,
): Promise<Evidence['canary']> {
	const canary = canaries[Math.abs(options.seed) % canaries.length];
	if (canary === undefined) throw new RangeError('there is no canary');
	options.onPhase?.('canary', canary.name);
	const systems = [beside, canary.system];
	const result: CampaignResult = await campaign({
		systems,
		setups: generatedSetup,
		seed: options.seed,
		length: GENERATED_LENGTH,
		limit: { seconds, stories: seconds === 0 ? 0 : CANARY_STORIES },
		signal: options.signal,
	});
	if (result.found === null)
		return {
			name: canary.name,
			caught: false,
			stories: result.stories,
			sentence: null,
			events: null,
			token: null,
		};
	const { story, finding } = await shrink(
		systems,
		result.found.story,
		result.found.finding,
		options.signal,
	);
	return {
		name: canary.name,
		caught: true,
		stories: result.stories,
		sentence: sayFinding(finding).slice(0, TEXT),
		events: story.events.length,
		token: tokenOf(story),
	};
}

function machinesOf(tables: Parameters<typeof transitionCounts>[0]): Evidence['machines'] {
	const counts = transitionCounts(tables);
	return Object.keys(tables).map((machine) => {
		const own = counts.filter((transition) => transition.machine === machine);
		return {
			machine,
			transitions: own.length,
			taken: own.filter(({ count: times }) => times > 0).length,
			missing: own
				.filter(({ count: times }) => times === 0)
				.map(
					({ source, event, guard }) =>
						`${source} on ${event}${guard === null ? '' : ` [${guard}]`}`,
				),
		};
	});
}

function judge(
	options: VerifyOptions,
	systems: readonly System[],
	docket: Docket,
	canary: Evidence['canary'],
	rest: { machines: Evidence['machines']; seconds: number; searched: number },
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
		const violated = findings.some((finding) => finding.guarantee === guarantee.id);
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
	const violated = findings.length > 0 || sources.some((source) => source.verdict === 'violated');
	const untried = sources.find(({ verdict, note: why }) => verdict === 'unknown' && why !== null);
	const unknown = rows.filter(({ verdict }) => verdict === 'unknown');
	const reason = violated
		? null
		: (doubt ??
			(project?.instances.length === 0 ? NO_TASKS : null) ??
			untried?.note ??
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
	};
}
