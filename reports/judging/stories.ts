import type { Evidence, SourceEvidence } from '../evidence/evidence.ts';
import { MAX_STORIES } from '../evidence/narrated-story.ts';
import { keptTokens } from './flag-ways.ts';
import { DEADLOCK, strangers } from './guarantee-rows.ts';
import { listed, never, repeated } from './said.ts';
import { trialContradictions } from './trial-contradictions.ts';
import { FLAGGED_COMMANDS, NO_TASKS } from './tried.ts';
import { nothingTried, sayFlagged } from './verification.ts';

/** What cannot be of the stories that were told, and of what was found in them. */
export const storyContradictions = (evidence: Evidence): string[] => [
	...countContradictions(evidence),
	...(evidence.mulligan === null ? [] : sourceContradictions(evidence)),
	...findingContradictions(evidence),
	...canaryContradictions(evidence),
	...scenarioContradictions(evidence),
	...toldContradictions(evidence),
];

/** Counts that cannot be: more stories in which something was exercised than were told, or events without a story. */
function countContradictions({
	guarantees,
	sources,
	stories,
	events,
	steps,
	unrested,
}: Evidence): string[] {
	const told = sources.reduce((sum, source) => sum + source.stories, 0);
	return [
		...never(
			told !== stories,
			`${stories} stories are said to have been told, but its sources come to ${told}`,
		),
		...never(steps < events, `${steps} steps are said to have been taken for ${events} events`),
		...never(events > 0 && stories === 0, `${events} events are said to be of no story`),
		...never(
			unrested > stories,
			`${unrested} of ${stories} stories are said not to have come to rest`,
		),
		...guarantees.flatMap((row) =>
			never(
				row.stories > stories ||
					row.stories > row.exercised ||
					(row.exercised > 0 && row.stories === 0) ||
					row.exercised > steps,
				`guarantee ${row.id} is said to have been exercised ${row.exercised} times in ${row.stories} of ${stories} stories with ${steps} steps`,
			),
		),
	];
}

/** Sources of which no random stories are told. */
const KNOWN_STORIES = ['corpus', 'scenarios'];
const GENERATED = 'generated projects';
/** Sources of which as many stories are told in a run of any length. */
export const TOLD_ONCE = [...KNOWN_STORIES, FLAGGED_COMMANDS];

function sourceContradictions(evidence: Evidence): string[] {
	const { sources, project, guarantees, interrupted } = evidence;
	const told = (project?.trial?.flags ?? []).some(({ runs }) => runs.length > 0);
	const due =
		nothingTried(evidence) !== null
			? []
			: [
					...KNOWN_STORIES,
					...(told ? [FLAGGED_COMMANDS] : []),
					GENERATED,
					...(project === null ? [] : [project.file]),
				];
	const failures = sources.reduce((sum, one) => sum + (one.flagged_failures ?? 0), 0);
	const exercised = guarantees.find(({ id }) => id === 'L1')?.exercised ?? failures;
	return [
		...listed(
			'source',
			sources.map(({ name }) => name),
			due,
		),
		...never(
			failures > exercised,
			`flagged commands are said to have failed ${failures} times, but L1 was exercised ${exercised} times`,
		),
		...sources.flatMap((source) => [
			...never(
				source.interrupted && !interrupted,
				`source ${source.name} is said to have been interrupted, but the run was not`,
			),
			...never(
				source.broken > source.stories,
				`source ${source.name} is said to have shown something wrong in ${source.broken} of ${source.stories} stories`,
			),
			...never(
				KNOWN_STORIES.includes(source.name) && source.flagged_failures !== null,
				`source ${source.name} is said to count flagged commands that fail, but none is expected there`,
			),
			...noteContradictions(source, evidence),
			...askedContradictions(source, evidence),
		]),
		...projectContradictions(evidence),
		...trialContradictions(evidence),
	];
}

/** What is said of a source that holds is what is known of it before. */
function noteContradictions(
	{ name, note, verdict }: SourceEvidence,
	{ project }: Evidence,
): string[] {
	if (verdict === 'unknown' || (verdict === 'violated' && name === 'scenarios')) return [];
	const due =
		project === null || name !== project.file
			? null
			: project.task_instances === 0
				? NO_TASKS
				: sayFlagged(project);
	return never(
		note !== due,
		`source ${name} is said to have: ${note ?? 'nothing'}, but it has: ${due ?? 'nothing'}`,
	);
}

/** Where stories were asked for by their number, each source of random ones told so many, unless something was found. */
function askedContradictions(
	{ name, stories, broken }: SourceEvidence,
	{ stories_asked: asked, interrupted, shard, project }: Evidence,
): string[] {
	if (asked === null || interrupted || shard !== null || broken > 0) return [];
	const isEmpty = project !== null && name === project.file && project.task_instances === 0;
	return never(
		!TOLD_ONCE.includes(name) && !isEmpty && stories !== asked,
		`${asked} stories of ${name} were asked for, but ${stories} were told`,
	);
}

function projectContradictions({
	project,
	sources,
	configurations,
	stories_asked,
	bound,
	design,
	design_named,
}: Evidence): string[] {
	const own = sources.find(({ name }) => name === project?.file);
	return [
		...never(
			!design_named && design !== 'flag',
			`the design is said to be ${design}, but none was named`,
		),
		...never(
			stories_asked !== null && bound.seconds > 0,
			`${stories_asked} stories were asked for, but ${bound.seconds} seconds of them`,
		),
		...never(
			stories_asked === null &&
				bound.seconds === 0 &&
				sources.some((one) => !TOLD_ONCE.includes(one.name) && one.stories > 0),
			'random stories were told, but neither by their number nor for a time',
		),
		...(project === null
			? []
			: [
					...never(
						project.flagged_tasks > project.tasks,
						`${project.flagged_tasks} of ${project.tasks} tasks are said to have a flagged command`,
					),
					...never(
						(project.digest === null) !== (configurations === null),
						`it is said which ${project.digest === null ? 'configurations were asked for, but not which project' : 'project was tried, but not which configurations'}`,
					),
					...never(
						own !== undefined &&
							project.task_instances > 0 &&
							(own.flagged_failures !== null) !== project.flagged_tasks > 0,
						`${project.flagged_tasks} tasks of the project have a flagged command, but the failures of ${own?.flagged_failures ?? 'none'} are counted`,
					),
					...never(
						own !== undefined && project.task_instances === 0 && own.stories > 0,
						`${own?.stories} stories are told of a project without tasks`,
					),
				]),
	];
}

function findingContradictions({ findings, sources, mulligan }: Evidence): string[] {
	const unfounded = sources.filter(({ broken, name }) => broken > 0 && name !== 'scenarios');
	return [
		...findings.flatMap(({ kind, guarantee, source, seen_first: first }, place) => {
			const own = sources.find(({ name }) => source === name || source.startsWith(`${name}: `));
			const strange = guarantee === null ? [] : strangers([guarantee]);
			return [
				...never(
					(kind === 'violated') !== (guarantee !== null),
					`finding ${place + 1} is said to be "${kind}" of ${guarantee ?? 'no guarantee'}`,
				),
				...never(
					first !== undefined && (guarantee === null || first.stories === 0),
					`something else is said to have been seen before finding ${place + 1}, but no promise fell in a story after it`,
				),
				...never(
					strange.length > 0,
					`finding ${place + 1} is of ${strange.join(', ')}, and there is no such guarantee`,
				),
				...(mulligan === null
					? []
					: never(
							own === undefined || own.broken === 0,
							`finding ${place + 1} is said to come from ${source}, but nothing wrong was seen there`,
						)),
			];
		}),
		...repeated(
			findings.map(
				({ kind, guarantee, token }) =>
					`a finding that is "${kind}" of ${guarantee ?? 'no guarantee'}, whose story is ${token}`,
			),
		),
		// One that differed may turn out to break a promise when it is made short, so of those there may be more.
		...repeated(
			findings.flatMap(({ kind, seen_first }) =>
				kind === 'violated' && seen_first === undefined
					? []
					: [`a finding that is "${seen_first === undefined ? kind : 'diverged'}"`],
			),
		),
		...never(
			mulligan !== null && findings.length === 0 && unfounded.length > 0,
			`something wrong was seen in ${unfounded.map(({ name }) => name).join(', ')}, but there is no finding`,
		),
	];
}

function canaryContradictions({ canary }: Evidence): string[] {
	const { caught, stories, sentence, events, token } = canary;
	return [
		...never(
			caught && stories === 0,
			'the canary is said to have been caught, but no story of it was told',
		),
		...never(
			caught !== (sentence !== null) || caught !== (events !== null) || (!caught && token !== null),
			`the canary is said ${caught ? '' : 'not '}to have been caught, but ${caught ? 'not how' : 'there is a story of it'}`,
		),
	];
}

function scenarioContradictions({ scenarios, sources, mulligan }: Evidence): string[] {
	const told = sources.find(({ name }) => name === 'scenarios')?.stories ?? 0;
	return [
		...repeated(scenarios.map(({ file }) => `scenario ${file}`)),
		...scenarios.flatMap(({ file, shows }) => {
			const strange = strangers(shows);
			return [
				...never(
					strange.length > 0,
					`scenario ${file} shows ${strange.join(', ')}, and there is no such guarantee`,
				),
				...repeated(shows.map((id) => `${id} in scenario ${file}`)),
			];
		}),
		...never(
			mulligan !== null && scenarios.length > told,
			`${scenarios.length} scenarios are said to have been run, but ${told} of their stories were told`,
		),
	];
}

/** Each story of what was found is told, and of others only those that are kept of flagged commands. */
function toldContradictions({
	told,
	findings,
	checks,
	canary,
	mulligan,
	project,
}: Evidence): string[] {
	const keyOf = (token: string, about: string | null): string => JSON.stringify([token, about]);
	const found = [
		...findings,
		...checks.flatMap(({ violations }) => violations),
		{ token: canary.token, guarantee: null },
	];
	const due = new Set(
		found.flatMap(({ token, guarantee }) => (token === null ? [] : [keyOf(token, guarantee)])),
	);
	const kept = new Set(keptTokens(project?.trial?.flags ?? []).map((token) => keyOf(token, null)));
	const keys = told.map(({ token, about }) => keyOf(token, about));
	return [
		...never(
			mulligan !== null && due.size <= MAX_STORIES && [...due].some((key) => !keys.includes(key)),
			'the story of something that was found is not told',
		),
		...never(
			keys.some((key) => !due.has(key) && !kept.has(key)),
			'a story is told that shows nothing that was found',
		),
		...never(new Set(keys).size < keys.length, 'a story is told more than once'),
		...told.flatMap(({ lanes, events, left_out, broken, about }, place) => {
			const isThere = (lane: number | null): boolean => lane === null || lane < lanes.length;
			return [
				...never(
					events.some(
						({ arrow, lane }) =>
							!isThere(lane) || (arrow !== null && !(isThere(arrow.from) && isThere(arrow.to))),
					),
					`told story ${place + 1} has an event of somebody who takes no part in it`,
				),
				...never(
					broken !== null && broken.index >= events.length + left_out,
					`told story ${place + 1} is said to break at an event that it does not have`,
				),
				...never(
					strangers([about ?? DEADLOCK.id, broken?.guarantee ?? DEADLOCK.id], [DEADLOCK.id])
						.length > 0,
					`told story ${place + 1} is about a guarantee that there is not`,
				),
			];
		}),
	];
}
