import { CheckEvidence } from './evidence/check-evidence.ts';
import { DesignsEvidence } from './evidence/design-evidence.ts';
import { Evidence } from './evidence/evidence.ts';
import { FuzzEvidence } from './evidence/fuzz-evidence.ts';
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

/** Where a campaign of random stories lies, and what it leaves there beside scenarios. */
export const FUZZ_OUT = `${OUT}/fuzz`;
export const FUZZ = ['fuzz.json'] as const;

export interface Writing {
	readonly folder?: string;
	/** Of a run that came to its end. Otherwise the reports go beside those of the last one that did. */
	readonly whole: boolean;
	/** The review of what is written, drawn; without one that of earlier evidence goes. */
	readonly review?: readonly Report[];
}

/**
 * Writes `evidence.json`, `summary.md` and `junit.xml`, and the review with them. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeReports = (evidence: Evidence, writing: Writing): string[] =>
	write(verificationReports(evidence), writing, REVIEW);

/**
 * Writes `check.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeCheck = (evidence: CheckEvidence, writing: Writing): string[] =>
	write(checkReports(evidence), writing);

/**
 * Writes `designs.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeDesigns = (evidence: DesignsEvidence, writing: Writing): string[] =>
	write(designReports(evidence), writing);

/**
 * Writes `simulation.json`, whole or not at all. Returns its path.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeSimulation = (evidence: SimulationEvidence, writing: Writing): string[] =>
	write([[SIMULATION[0], json(SimulationEvidence.parse(evidence))]], writing);

/**
 * Writes `fuzz.json`, and with it the scenarios of what is new in it. Returns their paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeFuzz = (
	evidence: FuzzEvidence,
	scenarios: readonly Report[],
	folder: string,
): string[] => writeTogether(folder, [[FUZZ[0], json(FuzzEvidence.parse(evidence))], ...scenarios]);

/** Evidence of several kinds, put together of parts; null where there were none. */
export interface Merged {
	readonly verification: Evidence | null;
	readonly check: CheckEvidence | null;
	readonly designs: DesignsEvidence | null;
}

/**
 * Writes the reports of all kinds together, with the review of a verification. Returns the paths.
 *
 * @throws an error of the file system when the folder cannot be written.
 */
export const writeMerged = (
	{ verification, check, designs }: Merged,
	writing: Omit<Writing, 'whole'>,
): string[] =>
	write(
		[
			...(verification === null ? [] : verificationReports(verification)),
			...(check === null ? [] : checkReports(check)),
			...(designs === null ? [] : designReports(designs)),
		],
		{ ...writing, whole: true },
		verification === null ? [] : REVIEW,
	);

function verificationReports(evidence: Evidence): Report[] {
	const checked = Evidence.parse(evidence);
	const [first, second, third] = VERIFICATION;
	return [
		[first, json(checked)],
		[second, summary(checked)],
		[third, junit(checked)],
	];
}

const checkReports = (evidence: CheckEvidence): Report[] => [
	[CHECK[0], json(CheckEvidence.parse(evidence))],
];

const designReports = (evidence: DesignsEvidence): Report[] => [
	[DESIGNS[0], json(DesignsEvidence.parse(evidence))],
];

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`;

function write(
	reports: readonly Report[],
	{ folder = OUT, whole, review = [] }: Writing,
	told: readonly string[] = [],
): string[] {
	const halves = reports.map(([name, content]): Report => [partial(name), content]);
	if (!whole) return writeTogether(folder, halves);
	const all = [...reports, ...review];
	const gone = told.filter((name) => all.every(([other]) => other !== name));
	return writeTogether(folder, all, [...gone, ...halves.map(([name]) => name)]);
}
