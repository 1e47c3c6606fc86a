import { CheckEvidence } from './evidence/check-evidence.ts';
import { DesignsEvidence } from './evidence/design-evidence.ts';
import { Evidence } from './evidence/evidence.ts';
import { SimulationEvidence } from './evidence/simulation-evidence.ts';
import { junit } from './junit.ts';
import { summary } from './summary.ts';
import { partial, type Report, writeTogether } from './write-together.ts';

/** Where reports go, seen from the folder in which mulligan is run. */
export const OUT = 'reports/out';

/** What a verification leaves there; the first is what the others are told of. */
export const VERIFICATION = ['evidence.json', 'summary.md', 'junit.xml'] as const;
/** What is drawn of all the evidence there. */
export const REVIEW = ['review.html', 'review.md'] as const;
/** What the trial of the designs leaves there. */
export const DESIGNS = ['designs.json'] as const;
/** What a simulation leaves there. */
export const SIMULATION = ['simulation.json'] as const;

/** What a check leaves where it is told to. */
export const CHECK = ['check.json'] as const;

export interface Writing {
	readonly folder?: string;
	/** Of a run that came to its end. Otherwise the reports go beside those of the last one that did. */
	readonly whole: boolean;
}

/**
 * Writes `evidence.json`, `summary.md` and `junit.xml`; a review of earlier evidence goes. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export function writeReports(evidence: Evidence, writing: Writing): string[] {
	const checked = Evidence.parse(evidence);
	const [first, second, third] = VERIFICATION;
	return write(
		[
			[first, json(checked)],
			[second, summary(checked)],
			[third, junit(checked)],
		],
		writing,
		REVIEW,
	);
}

/**
 * Writes `check.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeCheck = (evidence: CheckEvidence, writing: Writing): string[] =>
	write([[CHECK[0], json(CheckEvidence.parse(evidence))]], writing);

/**
 * Writes `designs.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeDesigns = (evidence: DesignsEvidence, writing: Writing): string[] =>
	write([[DESIGNS[0], json(DesignsEvidence.parse(evidence))]], writing);

/**
 * Writes `simulation.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeSimulation = (evidence: SimulationEvidence, writing: Writing): string[] =>
	write([[SIMULATION[0], json(SimulationEvidence.parse(evidence))]], writing);

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;

function write(
	reports: readonly Report[],
	{ folder = OUT, whole }: Writing,
	gone: readonly string[] = [],
): string[] {
	const halves = reports.map(([name, content]): Report => [partial(name), content]);
	return whole
		? writeTogether(folder, reports, [...gone, ...halves.map(([name]) => name)])
		: writeTogether(folder, halves);
}
