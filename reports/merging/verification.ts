import {
	type Evidence,
	type EvidenceFinding,
	MAX_FINDINGS,
	type SourceEvidence,
} from '../evidence/evidence.ts';
import type { ProjectTrial } from '../evidence/flag-evidence.ts';
import { MAX_STORIES, type NarratedStory } from '../evidence/narrated-story.ts';
import { STORIES_PER_SETUP } from '../evidence/shard.ts';
import { TEXT } from '../evidence/verdict.ts';
import { keptTokens, kindOf, waysOf } from '../judging/flag-ways.ts';
import { isSameFinding } from '../judging/same-finding.ts';
import { judgeVerification, type Tried } from '../judging/verification.ts';
import { mergedGraphs, mergedMachines } from './machines.ts';
import { ForeignParts, inOrder, interleaved, madeLast, type Part, sayRun, sumOf } from './parts.ts';
import { problemsOfUnion } from './union.ts';

/**
 * The verification of which these are the parts, judged on their union. With `--stories` it is exactly the one that a
 * single machine would have made, but for its seconds; where something was found, parts that did not find it went on.
 *
 * @throws ForeignParts if they are not the parts of one run.
 */
export function mergeVerifications(given: readonly Part<Evidence>[]): Evidence {
	const parts = inOrder(given, factsOf);
	const [first] = parts;
	if (first === undefined) throw new RangeError('a run has a part');
	const problems = problemsOfUnion(parts);
	if (problems.length > 0) throw new ForeignParts(problems);
	const sources = mergedSources(parts);
	const findings = mergedFindings(parts, sources);
	const checks = interleaved(parts.map((part) => part.checks));
	const canary = mergedCanary(parts);
	const project = mergedProject(parts);
	return judgeVerification({
		...first,
		shard: null,
		created_at: madeLast(parts),
		interrupted: parts.some((part) => part.interrupted),
		seconds: sumOf(parts, (part) => part.seconds),
		bound: { ...first.bound, seconds: sumOf(parts, (part) => part.bound.seconds) },
		stories: sumOf(parts, (part) => part.stories),
		events: sumOf(parts, (part) => part.events),
		steps: sumOf(parts, (part) => part.steps),
		unrested: sumOf(parts, (part) => part.unrested),
		project,
		sources,
		guarantees: mergedGuarantees(parts),
		situations: mergedSituations(parts),
		findings,
		canary,
		checks,
		machines: mergedMachines(parts.map((part) => part.machines)),
		graphs: mergedGraphs(parts.map((part) => part.graphs)),
		scenarios: interleaved(parts.map((part) => part.scenarios)).sort((one, other) =>
			one.file < other.file ? -1 : 1,
		),
		told: mergedStories(parts, { findings, checks, canary, project }),
	});
}

/** What all parts of a verification must say alike. */
const factsOf = (evidence: Evidence): Record<string, string> => ({
	...sayRun(evidence),
	seed: String(evidence.seed),
	'--stories': evidence.stories_asked === null ? 'none' : String(evidence.stories_asked),
	'--design': evidence.design_named ? evidence.design : 'none',
	project:
		evidence.project === null
			? 'none'
			: `${evidence.project.file} (${evidence.project.task_instances} task instances, ${evidence.project.flagged_tasks} flagged tasks)`,
	'flagged commands of the project': sayFlags(evidence.project?.trial ?? null),
	'digest of the project': evidence.project?.digest ?? 'not known',
	'list of configurations': evidence.configurations?.join(', ') ?? 'not known',
	systems: evidence.systems.join(' and '),
	sources: evidence.sources.map(({ name }) => name).join(', '),
	canary: evidence.canary.name,
	guarantees: evidence.guarantees.map(({ id }) => id).join(', '),
	bound: `${evidence.bound.story_events} events, ${evidence.bound.tasks} tasks, ${evidence.bound.hosts} hosts`,
});

/** What may become of them, whatever was told of it. */
const sayFlags = (trial: ProjectTrial | null): string =>
	trial === null
		? 'not known'
		: JSON.stringify(trial.flags.map(({ at, runs }) => [at, ...runs.map(kindOf)]));

/** What was told of each flagged command in all parts; a task is left out if it was in every one. */
function mergedProject(parts: readonly Evidence[]): Evidence['project'] {
	const [first] = parts;
	const trials = parts.flatMap(({ project }) => project?.trial ?? []);
	const [trial] = trials;
	if (first === undefined || first.project === null || trial === undefined)
		return first?.project ?? null;
	return {
		...first.project,
		trial: {
			...trial,
			flags: trial.flags.map((flag, place) => ({
				...flag,
				runs: flag.runs.map((run, index) => ({
					...run,
					told: Object.fromEntries(
						waysOf(run).map((way) => [
							way,
							sumOf(trials, ({ flags }) => flags[place]?.runs[index]?.told[way] ?? 0),
						]),
					),
					story:
						trials
							.map(({ flags }) => flags[place]?.runs[index]?.story)
							.find((one) => one != null) ?? null,
				})),
			})),
			left_out: trial.left_out.filter(({ task }) =>
				trials.every(({ left_out }) => left_out.some((one) => one.task === task)),
			),
		},
	};
}

const mergedSources = (parts: readonly Evidence[]): Omit<SourceEvidence, 'verdict'>[] =>
	(parts[0]?.sources ?? []).map((source, place) => {
		const same = parts.flatMap(({ sources }) => sources[place] ?? []);
		const failures = same.map(({ flagged_failures }) => flagged_failures);
		return {
			...source,
			stories: sumOf(same, ({ stories }) => stories),
			broken: sumOf(same, ({ broken }) => broken),
			flagged_failures: failures.includes(null) ? null : sumOf(failures, (count) => count ?? 0),
			interrupted: same.some(({ interrupted }) => interrupted),
			note: notesOf(same),
		};
	});

function notesOf(sources: readonly SourceEvidence[]): string | null {
	const notes = new Set(sources.flatMap(({ note }) => note ?? []));
	return notes.size === 0 ? null : [...notes].join('; ').slice(0, TEXT);
}

const mergedGuarantees = (parts: readonly Evidence[]): Tried['guarantees'] =>
	(parts[0]?.guarantees ?? []).map((row) => {
		const same = parts.flatMap(({ guarantees }) => guarantees.filter(({ id }) => id === row.id));
		return {
			...row,
			stories: sumOf(same, ({ stories }) => stories),
			exercised: sumOf(same, ({ exercised }) => exercised),
		};
	});

const mergedSituations = (parts: readonly Evidence[]): Tried['situations'] =>
	(parts[0]?.situations ?? []).map((row) => {
		const same = parts.flatMap(({ situations }) =>
			situations.filter(({ name }) => name === row.name),
		);
		return {
			...row,
			stories: sumOf(same, ({ stories }) => stories),
			events: sumOf(same, ({ events }) => events),
			certain: sumOf(same, ({ certain }) => certain),
		};
	});

/** One finding of a kind, as in a whole run: the first, by its source and the place of its story there. */
function mergedFindings(
	parts: readonly Evidence[],
	sources: readonly { readonly name: string }[],
): EvidenceFinding[] {
	const sourceOf = ({ source }: EvidenceFinding): number =>
		sources.findIndex(({ name }) => source === name || source.startsWith(`${name}: `));
	const all = parts
		.flatMap(({ findings }) => findings)
		.sort((one, other) => sourceOf(one) - sourceOf(other) || (one.place ?? 0) - (other.place ?? 0));
	return all
		.filter((one, place) => all.findIndex((other) => isSameFinding(one, other)) === place)
		.slice(0, MAX_FINDINGS);
}

/** Caught if any part caught it; then by the first story of all that did. */
function mergedCanary(parts: readonly Evidence[]): Evidence['canary'] {
	const caught = parts.flatMap(({ canary, shard }) => {
		const { index, of } = shard ?? { index: 1, of: 1 };
		// So many stories of a part, and the place of the last one of them among the stories of all.
		return canary.caught ? [{ ...canary, stories: storiesUpTo(canary.stories, index, of) }] : [];
	});
	const [first] = caught.sort((one, other) => one.stories - other.stories);
	if (first !== undefined) return first;
	const [missed] = parts;
	if (missed === undefined) throw new RangeError('a run has a part');
	return { ...missed.canary, stories: sumOf(parts, ({ canary }) => canary.stories) };
}

/** Stories of all parts up to the last of those that one part told: each part tells every `of`-th setup, four stories of it. */
function storiesUpTo(told: number, index: number, of: number): number {
	const setup = Math.floor((told - 1) / STORIES_PER_SETUP) * of + (index - 1);
	return setup * STORIES_PER_SETUP + ((told - 1) % STORIES_PER_SETUP) + 1;
}

/** The stories of what the merged evidence ends with, in the order of a whole run. */
function mergedStories(
	parts: readonly Evidence[],
	{
		findings,
		checks,
		canary,
		project,
	}: Pick<Evidence, 'findings' | 'checks' | 'canary' | 'project'>,
): NarratedStory[] {
	const all = parts.flatMap(({ told }) => told);
	const wanted = [
		...findings.map(({ token, guarantee }) => ({ token, about: guarantee })),
		...checks.flatMap(({ violations }) =>
			violations.map(({ token, guarantee }) => ({ token, about: guarantee })),
		),
		{ token: canary.token, about: null },
		...keptTokens(project?.trial?.flags ?? []).map((token) => ({ token, about: null })),
	];
	const found = wanted.flatMap(
		({ token, about }) => all.find((one) => one.token === token && one.about === about) ?? [],
	);
	return [...new Set(found)].slice(0, MAX_STORIES);
}
