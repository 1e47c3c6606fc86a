import { printable } from '../model/vocabulary/printable.ts';
import type { Evidence } from '../reports/evidence.ts';
import { replayCommand, verifyCommand } from '../reports/wording/commands.ts';
import { checksTable, violationLines } from './check-lines.ts';
import { machineLines } from './machine-lines.ts';
import { table } from './table.ts';

/** Warnings of a project that are printed; the evidence holds all of them. */
const WARNINGS_SHOWN = 10;

/** Where reports went. */
export interface Written {
	readonly written: readonly string[];
	/** Where the review is, or why there is none. */
	readonly reviewed: string;
}

/** A verification, as it is printed; `file` is the project file that was named. */
export function verifyLines(
	evidence: Evidence,
	{ written, reviewed }: Written,
	file: string | null,
): string[] {
	const { guarantees, canary, checks, findings, machines, project, sources } = evidence;
	const lines = [''];
	for (const warning of project?.warnings.slice(0, WARNINGS_SHOWN) ?? [])
		lines.push(`warning: ${warning}`);
	const more = (project?.warnings.length ?? 0) - WARNINGS_SHOWN;
	if (more > 0) lines.push(`… and ${more} more warnings, all in ${written[0]}`);
	lines.push(
		'',
		table(
			[
				['guarantee', '', 'verdict', 'stories', 'mattered'],
				...guarantees.map(({ id, name, verdict, stories, mattered, reason }) => [
					id,
					name,
					reason === null || reason === evidence.reason ? verdict : `${verdict}: ${reason}`,
					String(stories),
					String(mattered),
				]),
			],
			new Set([3, 4]),
		),
		'',
		table(
			[
				['source', 'stories', 'verdict'],
				...sources.map(({ name, stories, verdict, note }) => [
					printable(name),
					String(stories),
					note === null ? verdict : `${verdict}: ${printable(note)}`,
				]),
			],
			new Set([1]),
		),
		'',
		...(checks.length === 0 ? [] : [checksTable(checks), '']),
		canary.caught
			? `canary    "${canary.name}" caught after ${canary.stories} stories, in ${canary.events} events`
			: `canary    "${canary.name}" NOT caught in ${canary.stories} stories`,
	);
	lines.push(
		...machineLines(machines),
		`stories   ${evidence.stories} with ${evidence.events} events (${evidence.steps} with coming to rest) in ${evidence.seconds.toFixed(1)} s`,
		`reports   ${written.join('  ')}`,
		`review    ${reviewed}`,
	);
	for (const finding of findings)
		lines.push(
			'',
			printable(
				`${finding.guarantee ?? finding.kind} in ${finding.events} events (${finding.source}): ${finding.sentence}`,
			),
			finding.token === null
				? 'the story is too large for a token: run again with the seed'
				: replayCommand(finding.token),
		);
	lines.push(...checks.flatMap(violationLines));
	lines.push(
		'',
		`${evidence.verdict}${evidence.reason === null ? '' : `: ${evidence.reason}`}`,
		`again with: ${verifyCommand({ ...evidence, project: file === null ? null : evidence.project })}`,
	);
	return lines;
}
