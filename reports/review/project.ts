import type { Evidence } from '../evidence/evidence.ts';
import type { FlagEvidence, FlagRun } from '../evidence/flag-evidence.ts';
import type { NarratedStory } from '../evidence/narrated-story.ts';
import { restarts, waysOf } from '../judging/flag-ways.ts';
import { sayTried } from '../judging/tried.ts';
import { explainCommand, lintCommand, replayCommand } from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';
import { sayFlagCounts, sayShare } from '../wording/flag-counts.ts';
import { sayFigures } from '../wording/simulation.ts';
import type { Block, Cell, Section, Table } from './document.ts';
import type { ReviewInput } from './input.ts';
import { shortened } from './shortened.ts';

/** Rows of flags that are drawn; `explain` prints all of them. */
const MOST_ROWS = 60;

/** The project that was put on trial: its flags and what they do, what is wrong with them, and the price. Null: none was given. */
export function projectSection({ evidence, simulation }: ReviewInput): Section | null {
	const given = evidence?.project ?? null;
	if (given === null || given.trial === null) return null;
	const { file, trial, counts, warnings } = given;
	return {
		id: 'project',
		title: `Your project: ${file}`,
		short: 'Your project',
		answer: `${counts === null ? plural(trial.flags.length, 'flagged command') : sayFlagCounts(counts)}. Tried: ${sayTried(given)}.`,
		source: explainCommand(file),
		blocks: [
			...(trial.flags.length === 0 ? [] : [flagTable(trial.flags, file)]),
			...more(trial.flags.length),
			...stories(trial.flags, evidence?.told ?? []),
			...findings(warnings, file),
			...(simulation === null || simulation.project.file !== file
				? []
				: [
						{
							kind: 'figures' as const,
							label: 'what the flags buy and cost, at central values',
							of: sayFigures(simulation.central),
						},
					]),
		],
	};
}

const flagTable = (flags: readonly FlagEvidence[], file: string): Table => ({
	kind: 'table',
	title: 'What its flags do, and what each buys and costs of 100 tasks at central values',
	label: 'Flagged commands',
	head: ['flag', 'where', 'a failure there', 'stories', 'turned green', 'restarts'],
	numbers: ['stories', 'turned green', 'restarts'],
	rows: flags.slice(0, MOST_ROWS).flatMap((flag) => rowsOf(flag, file)),
});

/** One row for each way in which it runs; what it buys and costs, in the first. */
function rowsOf({ at, runs, verdict, price }: FlagEvidence, file: string): Cell[][] {
	const flag = { file: inFolder(at, file) };
	const nowhere = ['nowhere', 'does nothing: no task of a variant runs it', '0', '', ''];
	if (runs.length === 0) return [[flag, ...nowhere]];
	return runs.map((run, place) => [
		flag,
		sayWhere(run),
		verdict === 'idle' && run.can_fail
			? 'does nothing as deployed: lint says why'
			: sayFailure(run),
		`${Object.values(run.told).reduce((sum, count) => sum + (count ?? 0), 0)}`,
		...(price === null || place > 0 ? ['', ''] : [sayShare(price.saved), sayShare(price.restarts)]),
	]);
}

/** A place as it is named in the folder of the project file. */
function inFolder(at: string, file: string): string {
	const folder = file.slice(0, file.lastIndexOf('/') + 1);
	return at.startsWith(folder) ? at.slice(folder.length) : at;
}

const sayWhere = ({ block, among, background }: FlagRun): string =>
	`${block}${among === 'alone' ? '' : `, in a ${among}`}${background ? ', in the background' : ''}`;

/** In words, whether it restarts the task. */
function sayFailure(run: FlagRun): string {
	if (!waysOf(run).some((way) => restarts(run, way))) return 'does nothing: it fails no task';
	if (!run.can_fail) return 'fails no task; a time-out does, and restarts it';
	return run.among === 'single-host group' || run.among === 'display task'
		? `restarts the whole ${run.among}`
		: 'restarts the task';
}

/** Stories that are drawn; the others can be played. */
const DRAWN = 8;

/** One story for each kind of place where a flagged command fails: those first that end in a restart. */
function stories(flags: readonly FlagEvidence[], told: readonly NarratedStory[]): Block[] {
	const kept = flags
		.flatMap(({ runs }) =>
			runs.flatMap((run) => (run.story === null ? [] : [{ run, token: run.story.token }])),
		)
		.sort((one, other) => Number(other.run.can_fail) - Number(one.run.can_fail));
	return kept.flatMap(({ run, token }, place): Block[] => {
		const said = `a failure in ${sayWhere(run)}: ${sayFailure(run)}`;
		const story = told.find((one) => one.token === token);
		const play: Block = { kind: 'shell', command: replayCommand(token) };
		if (story === undefined || place >= DRAWN)
			return [{ kind: 'paragraph', strong: 'To play:', text: [`${said}.`] }, play];
		return [
			{
				kind: 'folded',
				summary: [`Told: ${said}`],
				blocks: [{ kind: 'sequence', label: `Story of ${said}`, story: shortened(story) }, play],
			},
		];
	});
}

const more = (flags: number): Block[] =>
	flags <= MOST_ROWS
		? []
		: [
				{
					kind: 'paragraph',
					cut: true,
					text: [`${flags - MOST_ROWS} more flagged commands are not shown.`],
				},
			];

function findings(warnings: NonNullable<Evidence['project']>['warnings'], file: string): Block[] {
	if (warnings.length === 0) return [];
	return [
		{
			kind: 'folded',
			summary: [`${plural(warnings.length, 'warning')} about the file`],
			blocks: [
				{ kind: 'points', of: warnings.map((said) => [{ said }]) },
				{ kind: 'shell', command: lintCommand(file) },
			],
		},
	];
}
