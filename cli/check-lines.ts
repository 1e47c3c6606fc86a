import { printable } from '../model/vocabulary/printable.ts';
import { grouped } from '../properties/checks/phase.ts';
import { brokenPromises, sayConfigurations } from '../reports/broken-promises.ts';
import type {
	CheckEvidence,
	CheckedGuarantee,
	ConfigurationEvidence,
	ViolationEvidence,
} from '../reports/check-evidence.ts';
import { sayBounds } from '../reports/wording/bounds.ts';
import { replayCommand } from '../reports/wording/commands.ts';
import { sayUnknown } from '../reports/wording/ending.ts';
import { machineLines } from './machine-lines.ts';
import { table } from './table.ts';

/** A check, as it is printed. */
export const checkLines = (evidence: CheckEvidence): string[] => [
	'',
	checksTable(evidence.checks),
	'',
	...evidence.checks.map(
		({ configuration, covers, bounds }) => `${configuration}: ${covers} ${sayBounds(bounds)}`,
	),
	'',
	guaranteesTable(evidence.guarantees, evidence.reason),
	'',
	...machineLines(evidence.machines),
	...violationLines(evidence.checks),
	'',
	`${evidence.verdict}${evidence.reason === null ? '' : `: ${evidence.reason}`}`,
];

/** One row for each configuration. */
export const checksTable = (checks: readonly ConfigurationEvidence[]): string =>
	table(
		[
			['configuration', 'states', 'generated', 'depth', 'seconds', 'verdict'],
			...checks.map(({ configuration, states, generated, depth, seconds, verdict, ...rest }) => [
				configuration,
				grouped(states),
				grouped(generated),
				String(depth),
				seconds.toFixed(1),
				verdict === 'unknown' ? `unknown: ${sayUnknown(rest)}` : verdict,
			]),
		],
		new Set([1, 2, 3, 4]),
	);

/** One row for each guarantee; what is unknown for the reason that is printed anyway does not say it again. */
const guaranteesTable = (guarantees: readonly CheckedGuarantee[], said: string | null): string =>
	table(
		[
			['guarantee', '', 'configurations', 'verdict'],
			...guarantees.map(({ id, name, verdict, reason, holds_in, violated_in }) => [
				id,
				name,
				String(holds_in.length + violated_in.length),
				verdict === 'violated'
					? `violated: ${violated_in.join(', ')}`
					: reason === null || reason === said
						? verdict
						: `${verdict}: ${reason}`,
			]),
		],
		new Set([2]),
	);

/** Each broken promise once, with the configurations that break it and the line that replays its shortest story. */
export const violationLines = (checks: readonly ConfigurationEvidence[]): string[] =>
	brokenPromises(checks).flatMap((violation) => [
		'',
		printable(
			`${violation.guarantee} ${violation.name} in ${violation.events} events (${sayConfigurations(violation.configurations)}): ${violation.sentence}`,
		),
		...fateLines(violation),
		violation.token === null
			? 'the story is too large for a token'
			: replayCommand(violation.token),
	]);

/** When it was too late, and what goes on for ever. */
export function fateLines({
	events,
	unavoidable,
	loop,
}: Pick<ViolationEvidence, 'events' | 'unavoidable' | 'loop'>): string[] {
	const late =
		unavoidable === null
			? []
			: unavoidable === 0
				? ['it cannot be avoided']
				: unavoidable === events
					? ['it could be avoided until the last event']
					: [`it could not be avoided after event ${unavoidable}`];
	if (loop === null) return late;
	if (loop.length === 0) return [...late, 'then nothing happens any more'];
	return [...late, 'then for ever:', ...loop.map((event) => `  ${printable(event)}`)];
}
