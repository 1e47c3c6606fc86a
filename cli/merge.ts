import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { checkSummary } from '../reports/check-summary.ts';
import { designsSummary } from '../reports/designs-summary.ts';
import { judgeClaims } from '../reports/judging/designs.ts';
import { mergeChecks } from '../reports/merging/check.ts';
import { mergeDesigns } from '../reports/merging/designs.ts';
import { ForeignParts, type Part } from '../reports/merging/parts.ts';
import { mergeVerifications } from '../reports/merging/verification.ts';
import { readCheck, readDesigns, readVerification } from '../reports/review/evidence-files.ts';
import type { Read } from '../reports/review/read.ts';
import { summary } from '../reports/summary.ts';
import { MULLIGAN, mergeCommand, withOutput } from '../reports/wording/commands.ts';
import {
	CHECK,
	DESIGNS,
	type Merged,
	OUT,
	REVIEW,
	VERIFICATION,
	writeMerged,
} from '../reports/write.ts';
import { partial, type Report } from '../reports/write-together.ts';
import { checkLines } from './check-lines.ts';
import { designLines } from './design-lines.ts';
import { checkNotes, designNotes, verificationNotes } from './evidence-notes.ts';
import { BadInput, EXIT, exitOfEvidence, Interrupted, worst } from './exit.ts';
import { jsonOption, verboseOption } from './flags.ts';
import { annotate } from './github.ts';
import { below } from './help.ts';
import { Interruption } from './interruption.ts';
import { outputOption, ReportFolder } from './report-folder.ts';
import { writeReviewed } from './review.ts';
import { verifyLines } from './verify-lines.ts';

/** For tests: where reports go, instead of the usual. */
export type MergeTools = { readonly out?: string };

export function addMerge(program: Command, tools: MergeTools = {}): void {
	program
		.command('merge')
		.summary('put the parts of a run together, and judge their union')
		.description(
			'Reads what verify, check and designs wrote with --shard, one folder for each part, and judges all parts ' +
				'together: what was exercised, which transitions were taken, whether the canary was caught. A part that is ' +
				'missing, there twice, or of another run (commit, version, profile, seed, options) is refused. Writes the ' +
				'reports of the whole run, and the review.',
		)
		.addHelpText(
			'after',
			below('merge', { examples: [`${MULLIGAN} merge parts/1 parts/2 --output reports/out`] }),
		)
		.argument('<folders...>', 'a folder for each part, as --output named it')
		.addOption(outputOption())
		.addOption(verboseOption())
		.addOption(jsonOption('the merged evidence, by kind,'))
		.action((folders: string[], options: Options) =>
			run(folders, options, tools, program.version() ?? ''),
		);
}

interface Options {
	output?: string;
	verbose: boolean;
	json: boolean;
}

async function run(
	folders: readonly string[],
	{ output, verbose, json }: Options,
	{ out = OUT }: MergeTools,
	version: string,
): Promise<void> {
	const interruption = new Interruption();
	const turn = async (): Promise<void> => {
		await setImmediate();
		if (interruption.happened) throw new Interrupted('nothing is merged', EXIT.unknown);
	};
	let folder: ReportFolder | null = null;
	try {
		insistOnParts(folders, output ?? out);
		const merging = { folders, turn };
		const all: Merged = {
			verification: await merged(VERIFICATION[0], readVerification, mergeVerifications, merging),
			check: await merged(CHECK[0], readCheck, mergeChecks, merging),
			designs: await merged(DESIGNS[0], readDesigns, mergeDesigns, merging),
		};
		const reports = ReportFolder.take(output ?? out, VERIFICATION, CHECK, DESIGNS, REVIEW);
		folder = reports;
		const { verification, check, designs } = all;
		const write = (review: readonly Report[]): string[] =>
			reports.write(() => writeMerged(all, { folder: reports.path, review }));
		const asked = { folder: reports.path, output, version, interruption };
		const { written, reviewed } =
			verification === null
				? { written: write([]), reviewed: '' }
				: await writeReviewed(
						{ ...asked, verification, ...(designs === null ? {} : { designs }) },
						write,
					);
		const again = withOutput(mergeCommand(folders), output);
		const exits: number[] = [];
		const lines: string[] = [];
		const part = (said: readonly string[]): void => {
			if (lines.length > 0) lines.push('');
			lines.push(...said);
		};
		const of = (names: readonly string[]): string[] =>
			written.filter((path) => names.includes(basename(path)));
		if (check !== null) {
			part(checkLines(check, { again, verbose, written: of(CHECK) }));
			annotate(checkNotes(check), checkSummary(check, again), json);
			exits.push(exitOfEvidence(check));
		}
		if (designs !== null) {
			const judged = judgeClaims(designs);
			const { verdict } = judged;
			part(designLines(designs, { written: of(DESIGNS), verdict, verbose, again }));
			annotate(designNotes(designs), designsSummary(designs, again), json);
			exits.push(exitOfEvidence({ ...judged, allowed: designs.allowed }));
		}
		if (verification !== null) {
			const around = { written: of(VERIFICATION), reviewed, file: null, output, verbose, again };
			part(verifyLines(verification, around));
			annotate(verificationNotes(verification), summary(verification), json);
			exits.push(exitOfEvidence(verification));
		}
		console.log(json ? JSON.stringify(all) : lines.join('\n'));
		process.exitCode = reports.exit(worst(exits));
	} finally {
		folder?.release();
		interruption.over();
	}
}

/** Refuses folders without a part, and to write the whole over one. */
function insistOnParts(folders: readonly string[], output: string): void {
	const has = (folder: string, name: string): boolean => existsSync(join(folder, name));
	const problems = folders.flatMap((folder) => {
		if (resolve(folder) === resolve(output))
			return `${folder}: the merged reports would replace those of this part (give another folder with --output)`;
		if (KINDS.some((name) => has(folder, name))) return [];
		return KINDS.some((name) => has(folder, partial(name)))
			? `${folder}: this part was interrupted (let it run again)`
			: `${folder}: there is no evidence of a part (name the folder that verify, check or designs wrote to with --shard and --output)`;
	});
	if (problems.length > 0) throw new BadInput(...problems);
}

/** Names of the evidence that may be merged. */
const KINDS = [VERIFICATION[0], CHECK[0], DESIGNS[0]] as const;

interface Merging {
	readonly folders: readonly string[];
	/** Waited for after each step, so that a signal is heard. */
	readonly turn: () => Promise<void>;
}

/** What the parts of a kind come to; null: none of the folders has any. */
async function merged<Evidence>(
	name: string,
	readPart: (file: string, remedy: string) => Read<Evidence>,
	merge: (parts: readonly Part<Evidence>[]) => Evidence,
	{ folders, turn }: Merging,
): Promise<Evidence | null> {
	const parts: Part<Evidence>[] = [];
	for (const folder of folders) {
		const file = join(folder, name);
		const read = readPart(file, 'let that part run again');
		if (read.kind === 'refused') throw new BadInput(...read.problems);
		if (read.kind === 'read') parts.push({ file, evidence: read.value });
		await turn();
	}
	if (parts.length === 0) return null;
	try {
		return merge(parts);
	} catch (error) {
		if (!(error instanceof ForeignParts)) throw error;
		throw new BadInput(
			...error.problems,
			`these are not the parts of one run (${mergeCommand(folders)} needs each of them once)`,
		);
	}
}
