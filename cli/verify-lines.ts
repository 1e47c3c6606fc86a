import { printable } from '../model/vocabulary/printable.ts';
import type { Evidence } from '../reports/evidence/evidence.ts';
import { FLOOR_STORIES, thinHalves } from '../reports/judging/thin.ts';
import { sayTried } from '../reports/judging/tried.ts';
import { nothingTried } from '../reports/judging/verification.ts';
import { checksTable, guarantees, situations, sources } from '../reports/review/coverage.ts';
import { headline } from '../reports/review/headline.ts';
import { NOTHING } from '../reports/review/input.ts';
import { sayCanary } from '../reports/wording/canary.ts';
import { verifyCommand, withOutput } from '../reports/wording/commands.ts';
import { grouped, listed, plural } from '../reports/wording/figures.ts';
import { sayFlagCounts } from '../reports/wording/flag-counts.ts';
import { tourLines } from './check-lines.ts';
import { firstLine, lastLine, SHOW } from './ending-lines.ts';
import { foundLines, violationLines } from './found-lines.ts';
import { guaranteeLines } from './guarantee-lines.ts';
import { machineLines } from './machine-lines.ts';
import { remedyLines } from './remedy-lines.ts';
import { drawnTable } from './table.ts';

/** Configurations that are listed although they hold. */
const CHECKS_LISTED = 6;
/** Guarantees that are named as those tried least. */
const LEAST_TRIED = 3;
/** Stories of each source that put a rare half to the test. */
const STORIES_MORE = 2000;

/** What is printed beside the evidence. */
export interface Around {
	/** Where reports went. */
	readonly written: readonly string[];
	/** Where the review is, or why there is none. */
	readonly reviewed: string;
	/** The project file that was named. */
	readonly file: string | null;
	/** What `--output` said. */
	readonly output?: string | undefined;
	/** The command that prints this again, if it was not verify. */
	readonly again?: string;
	/** Whether all is printed that is known, not only what is asked first. */
	readonly verbose: boolean;
}

/** A verification, as it is printed: the answer, what it rests on, and the answer again. */
export function verifyLines(evidence: Evidence, around: Around): string[] {
	const { checks, machines } = evidence;
	const { written, reviewed, file, output, verbose, again } = around;
	const seen = (ending: string): string =>
		[SHOW, ...written.filter((name) => name.endsWith(ending)).slice(0, 1)].join(', or ');
	const isNothing = nothingTried(evidence) !== null;
	return [
		answer(evidence),
		...evidence.findings.flatMap((one) =>
			foundLines({ ...one, what: one.guarantee ?? one.kind, where: one.source }),
		),
		...violationLines(checks),
		'',
		...(isNothing
			? []
			: verbose
				? [
						drawnTable(guarantees(evidence), evidence.reason ?? ''),
						'',
						...[situations(evidence)].flatMap((table) =>
							table === null ? [] : [drawnTable(table), ''],
						),
						...thinLines(evidence),
					]
				: guaranteesInShort(evidence)),
		...flagLines(evidence.project),
		...warningLines(evidence.project, { verbose, seen: seen('.json') }),
		...(isNothing
			? []
			: [
					canaryLine(evidence),
					...(evidence.systems.length === 1
						? []
						: machineLines(machines, { verbose, seen: seen('.md') })),
					`stories   ${grouped(evidence.stories)} with ${plural(evidence.events, 'event')} (${grouped(evidence.steps)} with coming to rest) in ${evidence.seconds.toFixed(1)} s`,
					'',
					drawnTable(sources(evidence)),
					'',
					...checkLines(checks, verbose),
					...ofTours(checks),
				]),
		`reports   ${written.join('  ') || 'not written'}`,
		`review    ${reviewed}`,
		...remedyLines(evidence),
		'',
		lastLine(
			{ ...evidence, answer: evidence },
			again ??
				withOutput(
					verifyCommand({ ...evidence, project: file === null ? null : evidence.project }),
					output,
				),
		),
	];
}

function answer(evidence: Evidence): string {
	const { verdict, reason, design, project, profile, seed } = evidence;
	const tried = project === null || nothingTried(evidence) !== null ? null : sayTried(project);
	return firstLine(verdict, reason ?? headline({ ...NOTHING, evidence }).sentence, [
		project?.file ?? '',
		tried ?? '',
		design === 'flag' ? '' : `design ${design}`,
		`profile ${profile}`,
		`seed ${seed}`,
	]);
}

function guaranteesInShort(evidence: Evidence): string[] {
	const { guarantees } = evidence;
	const tried = guarantees.filter(({ stories }) => stories > 0);
	const least = tried
		.toSorted((one, other) => one.stories - other.stories)
		.slice(0, LEAST_TRIED)
		.map(({ id, stories }) => `${id} in ${plural(stories, 'story')}`);
	return [
		...guaranteeLines(guarantees.map(({ reason: note, ...row }) => ({ ...row, note }))),
		...thinLines(evidence),
		...(least.length === 0 ? [] : [`exercised least of all ${listed(least)} (all: ${SHOW})`]),
	];
}

/** What holds, but was hardly put to the test, and how to test it more. */
function thinLines(evidence: Evidence): string[] {
	const thin = thinHalves(evidence);
	if (thin.length === 0) return [];
	const told = thin.map(({ name, certain }) => `${name} in ${certain}`).join(', ');
	return [
		`thin      ${told}: hardly put to the test, in fewer than ${FLOOR_STORIES} stories; for more: --stories ${STORIES_MORE}`,
	];
}

/** What the flags of the project do, as `lint` counts them. */
const flagLines = (project: Evidence['project']): string[] =>
	project === null || project.counts === null ? [] : [`flags     ${sayFlagCounts(project.counts)}`];

function warningLines(
	project: Evidence['project'],
	{ verbose, seen }: { readonly verbose: boolean; readonly seen: string },
): string[] {
	const warnings = project?.warnings ?? [];
	if (project === null || warnings.length === 0) return [];
	if (verbose) return warnings.map((warning) => printable(`warning: ${warning}`));
	return [
		printable(`warnings  ${plural(warnings.length, 'warning')} about ${project.file}: ${seen}`),
	];
}

const canaryLine = ({ canary, shard }: Pick<Evidence, 'canary' | 'shard'>): string =>
	`canary    "${canary.name}" ${sayCanary(canary, shard)}${canary.caught ? `, in ${plural(canary.events ?? 0, 'event')}` : ''}`;

function ofTours(checks: Evidence['checks']): string[] {
	const lines = tourLines(checks);
	return lines.length === 0 ? [] : [...lines, ''];
}

/** Configurations, each in a row; where they are many, those that hold in one line. */
function checkLines(checks: Evidence['checks'], verbose: boolean): string[] {
	if (checks.length === 0) return [];
	if (verbose || checks.length <= CHECKS_LISTED) return [drawnTable(checksTable(checks)), ''];
	const held = checks.filter(({ verdict }) => verdict === 'holds');
	const others = checks.filter(({ verdict }) => verdict !== 'holds');
	const states = held.reduce((sum, check) => sum + check.states, 0);
	return [
		...(others.length === 0 ? [] : [drawnTable(checksTable(others))]),
		`checked   ${plural(held.length, 'configuration')} with ${grouped(states)} states, and each holds (all: ${SHOW})`,
		'',
	];
}
